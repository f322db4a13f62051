"""Whom calls mean in the languages that are resolved by file, folder and unique names. Each project lists
every call edge."""

from __future__ import annotations

import pytest
from graph_projects import graph_of, shown, split

CASES = {
    "Go: a package is a folder": (
        """
--- store/a.go
package store
type Cart struct{}
func (c *Cart) Add() { c.check(); helper() }
func (c *Cart) check() {}
func New() *Cart { return &Cart{} }
--- store/b.go
package store
func helper() { New() }
--- other/c.go
package other
func helper() {}
func use() { helper(); missing() }
""",
        [
            "store/a.go:Cart.Add -> store/a.go:Cart.check",
            "store/a.go:Cart.Add -> store/b.go:helper",
            "store/a.go:New -> store/a.go:Cart",
            "store/b.go:helper -> store/a.go:New",
            "other/c.go:use -> other/c.go:helper",
        ],
    ),
    "Rust: self, Self, types and what is used": (
        """
--- src/cart.rs
pub struct Cart {}
impl Cart {
    pub fn new() -> Self { Cart {} }
    pub fn add(&self) { self.check(); Self::new(); }
    fn check(&self) {}
}
--- src/main.rs
use crate::cart::Cart;
fn main() {
    let cart = Cart::new();
    cart.add();
    helper();
    unknown();
}
fn helper() {}
""",
        [
            "src/cart.rs:Cart.new -> src/cart.rs:Cart",
            "src/cart.rs:Cart.add -> src/cart.rs:Cart.check",
            "src/cart.rs:Cart.add -> src/cart.rs:Cart.new",
            "src/main.rs:main -> src/cart.rs:Cart.new",
            "src/main.rs:main -> src/cart.rs:Cart.add",
            "src/main.rs:main -> src/main.rs:helper",
        ],
    ),
    "Java: methods of the class, fields, another class of the package": (
        """
--- shop/Cart.java
package shop;
class Cart extends Base {
    private Price price = new Price();
    void add() { check(); this.check(); price.round(); inherited(); unknown(); }
    void check() {}
}
--- shop/Price.java
package shop;
class Price { void round() {} }
--- shop/Base.java
package shop;
class Base { void inherited() {} }
""",
        [
            "shop/Cart.java:Cart -> shop/Price.java:Price",
            "shop/Cart.java:Cart.add -> shop/Cart.java:Cart.check",
            "shop/Cart.java:Cart.add -> shop/Price.java:Price.round",
            "shop/Cart.java:Cart.add -> shop/Base.java:Base.inherited",
        ],
    ),
    "C: a name that is defined once": (
        """
--- a.c
#include "b.h"
static void near(void) {}
void use(void) { near(); far(); twice(); printf("x"); }
--- b.c
void far(void) {}
void twice(void) {}
--- c.c
void twice(void) {}
""",
        ["a.c:use -> a.c:near", "a.c:use -> b.c:far"],
    ),
    "C++: methods of the class": (
        """
--- cart.cpp
class Cart {
public:
    void add() { check(); this->check(); }
    void check() {}
};
void use() { Cart cart; cart.add(); }
""",
        ["cart.cpp:Cart.add -> cart.cpp:Cart.check", "cart.cpp:use -> cart.cpp:Cart.add"],
    ),
    "a method of any type is not called by its name alone": (
        """
--- a.go
package a
type T struct{}
func (t T) Run() {}
func use(x any) { x.Run(); Run() }
""",
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_calls(name: str) -> None:
    project, expected = CASES[name]
    assert shown(graph_of(split(project))) == set(expected)
