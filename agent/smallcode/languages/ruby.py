from .base import Language

RUBY = Language(
    "ruby",
    suffixes=(".rb", ".rake", ".gemspec", ".ru"),
    names=("Gemfile", "Rakefile", "Vagrantfile", "Podfile"),
    interpreters=("ruby", "jruby"),
)
