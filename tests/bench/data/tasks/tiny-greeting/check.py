import importlib.util
import sys

spec = importlib.util.spec_from_file_location("hello", f"{sys.argv[1]}/hello.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
if module.greet("Bo") != "Hello, Bo!":
    print(f"greet: {module.greet('Bo')!r}")
    sys.exit(1)
