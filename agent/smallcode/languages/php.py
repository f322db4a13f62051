from .base import Language

PHP = Language("php", suffixes=(".php", ".phtml"), interpreters=("php",))
