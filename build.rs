//! Watches the folders that are embedded, so that a new file in them is seen.
fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=templates");
}
