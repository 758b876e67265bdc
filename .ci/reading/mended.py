"""Patches and fixes as other programs apply them: `git apply` makes of a definition what `check --fix` makes of it, and every fix
of a SARIF log, applied by its regions alone, closes the gap or the mistake that it stands beside. Arguments: the tool, then definitions."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

tool = pathlib.Path(sys.argv[1]).resolve()
AS_OF = ["--as-of", "2014-02-01"]


def run(folder, *arguments):
    return subprocess.run([tool, *arguments, *AS_OF], cwd=folder, capture_output=True, text=False)


def copy_of(definition):
    folder = pathlib.Path(tempfile.mkdtemp(dir=home.name))
    shutil.copy(definition, folder / definition.name)
    return folder


def patched(definition, *more):
    """Whether the definition has a patch; it must lead where `--fix` does."""
    name = definition.name
    by_git, by_tool = copy_of(definition), copy_of(definition)
    patch = run(by_git, "check", name, "--diff", *more).stdout
    run(by_tool, "check", name, "--fix", *more)
    if patch:
        subprocess.run(["git", "apply", "-p0"], cwd=by_git, input=patch, check=True)
    assert (by_git / name).read_bytes() == (by_tool / name).read_bytes(), (definition, more)
    assert bool(patch) == ((by_git / name).read_bytes() != definition.read_bytes()), definition
    return bool(patch)


def offset(text, line, column):
    lines = text.split("\n")
    return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1


def fixed(definition):
    """How many fixes the log of a definition has; each must close its gap or its mistake."""
    log = json.loads(run(definition.parent, "check", definition.name, "--format", "sarif").stdout)
    mistakes = json.loads(run(definition.parent, "check", definition.name, "--format", "json").stdout)["diagnostics"]
    count = 0
    for result in log["runs"][0]["results"]:
        for fix in result.get("fixes", []):
            [change] = fix["artifactChanges"]
            text = definition.read_bytes().decode()
            for one in reversed(change["replacements"]):
                region = one["deletedRegion"]
                start = offset(text, region["startLine"], region["startColumn"])
                end = offset(text, region["endLine"], region["endColumn"])
                text = text[:start] + one["insertedContent"]["text"] + text[end:]
            folder = copy_of(definition)
            (folder / definition.name).write_bytes(text.encode())
            report = json.loads(run(folder, "check", definition.name, "--format", "json").stdout)
            count += 1
            if result["ruleId"] == "definition":
                [left] = [one for one in mistakes if one["message"] + "." == result["message"]["text"].partition(". ")[0] + "."]
                assert left["message"] not in [one["message"] for one in report["diagnostics"]], (definition, left)
                continue
            assert not any(one["severity"] == "error" for one in report["diagnostics"]), (definition, report["diagnostics"])
            verdicts = {one["rule"]: one["verdict"] for one in report["definitions"][0]["results"]}
            assert verdicts[result["ruleId"]] == "met", (definition, result["ruleId"], text)
    return count


with tempfile.TemporaryDirectory() as root:
    home = tempfile.TemporaryDirectory(dir=root)
    definitions = [pathlib.Path(one).resolve() for one in sys.argv[2:]]
    patches = sum(patched(one, *more) for one in definitions for more in ([], ["--unsafe-fixes"]))
    fixes = sum(fixed(one) for one in definitions)
assert patches > 10 and fixes > 5, (patches, fixes)
print(f"{patches} patches, {fixes} fixes")
