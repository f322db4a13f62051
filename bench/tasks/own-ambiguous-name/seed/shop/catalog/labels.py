"""Labels for the shelves, and the check for articles that were entered twice."""

from shop.catalog.text import file_name, normalize, title_case


def label(number, name, cents):
    return f"{number:05}  {title_case(name)}  {cents / 100:.2f}"


def picture(name):
    return file_name(name)


def duplicates(names):
    """Names that stand in the list before, written the same but for blanks and capitals."""
    seen, found = set(), []
    for name in names:
        key = normalize(name)
        if key in seen:
            found.append(name)
        seen.add(key)
    return found
