import subprocess
import sys

code = "import limits; assert limits.at_most(99) == 20 and limits.at_most(3) == 3"
done = subprocess.run([sys.executable, "-c", code], cwd=sys.argv[1], check=False)
if done.returncode != 0:
    print("at_most is wrong")
    sys.exit(1)
