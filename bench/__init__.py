"""What is measured about SmallCode: bench/README.md."""
