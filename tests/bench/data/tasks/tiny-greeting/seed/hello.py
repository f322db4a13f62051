"""Greetings."""


def greet(name):
    return "Hello!"


def shout(name):
    text = "Hello!"
    return text.upper() + name.upper()
