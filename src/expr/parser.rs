//! From tokens to the tree, by binding powers (Pratt).
//! Must not know types or which names exist.

use super::ast::{Arithmetic, Ast, AstId, AstNode, Binary, Comparison, Tree};
use super::error::ExprError;
use super::lexer::{Spanned, Token, tokens};
use super::limits::{MAX_DEPTH, MAX_NODES, MAX_TEXT};
use std::ops::Range;

/// Words that CEL keeps for other uses.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// The strength with which `?:` binds; every other operator binds more strongly.
const CHOOSE: u8 = 1;
const UNARY: u8 = 13;

/// Reads a whole expression.
pub(super) fn parse(source: &str) -> Result<Tree, ExprError> {
    if source.len() > MAX_TEXT {
        return Err(ExprError::new(0..0, format!("the expression is longer than {MAX_TEXT} bytes"))
            .hint("split it into several rules"));
    }
    let mut parser = Parser { source, tokens: tokens(source)?, at: 0, depth: 0, tree: Tree::default() };
    if parser.peek() == &Token::End {
        return Err(ExprError::new(0..source.len(), "the expression is empty")
            .hint("write a condition, such as `project.budget > usd(1000000)`"));
    }
    parser.tree.root = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(parser.tree),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

struct Parser<'s> {
    source: &'s str,
    tokens: Vec<Spanned>,
    at: usize,
    depth: usize,
    tree: Tree,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.at].1.clone()
    }

    /// Steps over a token; the end is never passed.
    fn advance(&mut self) -> Spanned {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(next) if *next == sign);
        if found {
            self.advance();
        }
        found
    }

    fn expect(&mut self, sign: &'static str, open: Range<usize>) -> Result<usize, ExprError> {
        let end = self.span().end;
        if self.eat(sign) {
            return Ok(end);
        }
        let opened = &self.source[open];
        Err(self.unexpected(&format!("`{sign}`")).hint(format!("`{opened}` needs its `{sign}`")))
    }

    fn unexpected(&self, wanted: &str) -> ExprError {
        let span = self.span();
        match self.peek() {
            Token::End => ExprError::new(span, format!("the expression ends where {wanted} should follow")),
            _ => ExprError::new(
                span.clone(),
                format!("found `{}` where {wanted} should stand", &self.source[span]),
            ),
        }
    }

    fn too_deep(span: Range<usize>) -> ExprError {
        ExprError::new(span, format!("the expression is nested deeper than {MAX_DEPTH} levels"))
            .hint("split it into several rules")
    }

    fn add(&mut self, ast: Ast, span: Range<usize>) -> Result<AstId, ExprError> {
        let nodes = &self.tree.nodes;
        let deep = |id: &AstId| nodes[*id].depth;
        let below = match &ast {
            Ast::Select(on, _) | Ast::Not(on) | Ast::Negate(on) => deep(on),
            Ast::Index(left, right) | Ast::Binary(_, left, right) => deep(left).max(deep(right)),
            Ast::Choose(test, yes, no) => deep(test).max(deep(yes)).max(deep(no)),
            Ast::List(items) | Ast::Call(_, items) => items.iter().map(deep).max().unwrap_or(0),
            Ast::Method(on, _, items) => items.iter().map(deep).max().unwrap_or(0).max(deep(on)),
            _ => 0,
        };
        if below >= MAX_DEPTH {
            return Err(Self::too_deep(span));
        }
        if nodes.len() >= MAX_NODES {
            return Err(ExprError::new(span, format!("the expression has more than {MAX_NODES} parts"))
                .hint("split it into several rules"));
        }
        self.tree.nodes.push(AstNode { ast, span, depth: below + 1 });
        Ok(self.tree.nodes.len() - 1)
    }

    /// An expression whose operators bind at least that strongly.
    fn expression(&mut self, least: u8) -> Result<AstId, ExprError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Self::too_deep(self.span()));
        }
        let mut left = self.prefix()?;
        loop {
            if least <= CHOOSE && self.eat("?") {
                left = self.choose(left)?;
                continue;
            }
            let Some((operator, power)) = self.operator().filter(|(_, power)| *power >= least) else {
                break;
            };
            self.advance();
            let right = self.expression(power + 1)?;
            let span = self.tree.span(left).start..self.tree.span(right).end;
            left = self.add(Ast::Binary(operator, left, right), span)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn choose(&mut self, test: AstId) -> Result<AstId, ExprError> {
        let yes = self.expression(CHOOSE + 1)?;
        if !self.eat(":") {
            return Err(self.unexpected("`:`").hint("write `condition ? one : other`"));
        }
        let no = self.expression(CHOOSE)?;
        let span = self.tree.span(test).start..self.tree.span(no).end;
        self.add(Ast::Choose(test, yes, no), span)
    }

    /// The operator that stands next, and how strongly it binds.
    fn operator(&self) -> Option<(Binary, u8)> {
        let sign = match self.peek() {
            Token::Sign(sign) => sign,
            Token::Name if &self.source[self.span()] == "in" => "in",
            _ => return None,
        };
        Some(match sign {
            "||" => (Binary::Or, 3),
            "&&" => (Binary::And, 5),
            "<" => (Binary::Compare(Comparison::Less), 7),
            "<=" => (Binary::Compare(Comparison::AtMost), 7),
            ">" => (Binary::Compare(Comparison::Greater), 7),
            ">=" => (Binary::Compare(Comparison::AtLeast), 7),
            "==" => (Binary::Compare(Comparison::Equal), 7),
            "!=" => (Binary::Compare(Comparison::NotEqual), 7),
            "in" => (Binary::In, 7),
            "+" => (Binary::Arith(Arithmetic::Add), 9),
            "-" => (Binary::Arith(Arithmetic::Subtract), 9),
            "*" => (Binary::Arith(Arithmetic::Multiply), 11),
            "/" => (Binary::Arith(Arithmetic::Divide), 11),
            "%" => (Binary::Arith(Arithmetic::Remainder), 11),
            _ => return None,
        })
    }

    fn prefix(&mut self) -> Result<AstId, ExprError> {
        let start = self.span();
        if self.eat("!") {
            let inner = self.expression(UNARY)?;
            let span = start.start..self.tree.span(inner).end;
            return self.add(Ast::Not(inner), span);
        }
        if self.eat("-") {
            if let (Token::Int(number), place) = (self.peek().clone(), self.span()) {
                self.advance();
                let least = self.add(Ast::Int(0i64.wrapping_sub_unsigned(number)), start.start..place.end)?;
                return self.postfix(least);
            }
            let inner = self.expression(UNARY)?;
            let span = start.start..self.tree.span(inner).end;
            return self.add(Ast::Negate(inner), span);
        }
        let primary = self.primary()?;
        self.postfix(primary)
    }

    fn primary(&mut self) -> Result<AstId, ExprError> {
        let span = self.span();
        match self.peek().clone() {
            Token::Int(number) => {
                let number = i64::try_from(number)
                    .map_err(|_| ExprError::new(span.clone(), "this number is too large"))?;
                self.advance();
                self.add(Ast::Int(number), span)
            }
            Token::Decimal(number) => {
                self.advance();
                self.add(Ast::Decimal(number), span)
            }
            Token::Text(text) => {
                self.advance();
                self.add(Ast::Text(text), span)
            }
            Token::Name => self.name(),
            Token::Sign("(") => {
                self.advance();
                let inner = self.expression(0)?;
                let end = self.expect(")", span.clone())?;
                // The place of a sub-expression in parentheses is that of the parentheses.
                self.tree.nodes[inner].span = span.start..end;
                Ok(inner)
            }
            Token::Sign("[") => {
                self.advance();
                let (items, end) = self.items("]", span.clone())?;
                self.add(Ast::List(items), span.start..end)
            }
            _ => Err(self.unexpected("a value")),
        }
    }

    fn name(&mut self) -> Result<AstId, ExprError> {
        let (_, span) = self.advance();
        let name = &self.source[span.clone()];
        if RESERVED.contains(&name) || name == "in" {
            return Err(ExprError::new(
                span.clone(),
                format!("`{name}` is a reserved word and cannot be a name"),
            ));
        }
        match name {
            "true" => return self.add(Ast::Bool(true), span),
            "false" => return self.add(Ast::Bool(false), span),
            "null" => return self.add(Ast::Null, span),
            _ => {}
        }
        let open = self.span();
        if self.eat("(") {
            let (items, end) = self.items(")", open)?;
            return self.add(Ast::Call(span.clone(), items), span.start..end);
        }
        self.add(Ast::Name(span.clone()), span)
    }

    /// Fields, methods and places in lists after a value.
    fn postfix(&mut self, mut on: AstId) -> Result<AstId, ExprError> {
        loop {
            let start = self.tree.span(on).start;
            let open = self.span();
            if self.eat(".") {
                if self.peek() != &Token::Name {
                    return Err(self.unexpected("a name"));
                }
                let (_, name) = self.advance();
                let open = self.span();
                on = if self.eat("(") {
                    let (items, end) = self.items(")", open)?;
                    self.add(Ast::Method(on, name, items), start..end)?
                } else {
                    self.add(Ast::Select(on, name.clone()), start..name.end)?
                };
            } else if self.eat("[") {
                let at = self.expression(0)?;
                let end = self.expect("]", open)?;
                on = self.add(Ast::Index(on, at), start..end)?;
            } else {
                return Ok(on);
            }
        }
    }

    /// Expressions up to the closing sign, which is stepped over. A list may end with a comma.
    fn items(&mut self, close: &'static str, open: Range<usize>) -> Result<(Vec<AstId>, usize), ExprError> {
        let mut items = Vec::new();
        loop {
            let end = self.span().end;
            if (items.is_empty() || close == "]") && self.eat(close) {
                return Ok((items, end));
            }
            items.push(self.expression(0)?);
            if !self.eat(",") {
                return Ok((items, self.expect(close, open)?));
            }
        }
    }
}
