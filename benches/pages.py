"""Measures how well readers separate the content of real saved pages from menus, advertisements and the like.

    cargo build -p ibid-source --example passages
    python3 benches/pages.py --reader ibid=target/debug/examples/passages --reader NAME=COMMAND … FOLDER

FOLDER is the folder `tests` of trafilatura's source distribution, version 1.0.0 (on PyPI). Its `cache` contains saved pages of
blogs, newspapers, parties, shops and encyclopedias, and `realworld_tests.py` the strings that the text of each page must contain or
must not contain. A reader is a command that writes the text of the page named by its last argument. For each reader, the script
prints the share of required strings that it keeps and of excluded strings that it leaves out, with 95 % intervals (Wilson), and the
pages from which it extracts nothing. trafilatura's authors chose the strings and wrote its rules for them, so its own figures
are biased upwards.
"""

import argparse
import ast
import pathlib
import re
import shlex
import subprocess

from documents import wilson


class Page:
    """A saved page with the strings that its text must and must not contain."""

    def __init__(self, path):
        self.path, self.wanted, self.unwanted = path, [], []


def pages(folder):
    """The pages that the tests mention."""
    tree = ast.parse((folder / "realworld_tests.py").read_text(encoding="utf-8"))
    files = next(literal(node.value) for node in tree.body if is_assignment(node, "MOCK_PAGES"))
    found, page = {}, None
    test = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "test_extract")
    for node in in_order(test):
        if is_assignment(node, "result") and isinstance(node.value, ast.Call):
            name = files.get(literal(node.value.args[0]))
            page = found.setdefault(name, Page(folder / "cache" / name)) if name else None
        elif isinstance(node, ast.Assert) and page:
            tell(page, node.test)
    return [page for page in found.values() if page.path.is_file()]


def in_order(node):
    """The statements in a statement, including those in branches."""
    for inner in getattr(node, "body", []) + getattr(node, "orelse", []):
        yield inner
        yield from in_order(inner)


def is_assignment(node, name):
    return isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == name


def literal(node):
    return ast.literal_eval(node)


def tell(page, test):
    """Reads `"…" in result` and `"…" not in result` from an assertion."""
    for node in ast.walk(test):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
            strings = page.wanted if isinstance(node.ops[0], ast.In) else page.unwanted
            # Assertions with tags are about XML, not text.
            if "<" not in node.left.value and node.left.value not in strings:
                strings.append(node.left.value)


def even(text):
    """Text with one space for any white space and one form of quotation marks."""
    return " ".join(re.sub(r"[“”„]", '"', re.sub(r"[‘’]", "'", text)).split())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reader", action="append", required=True, metavar="NAME=COMMAND")
    parser.add_argument("--tell", action="store_true", help="print what is lost and what is kept wrongly")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    found = pages(options.folder)
    print(f"{len(found)} pages\n\n| | kept of what must be | left out of what must not be | unread |\n| --- | --- | --- | --- |")
    for name, command in (reader.split("=", 1) for reader in options.reader):
        kept, left, unread = [], [], 0
        for page in found:
            output = subprocess.run([*shlex.split(command), page.path], capture_output=True, check=False).stdout
            text = even(output.decode(errors="replace"))
            unread += not text
            for strings, hits, is_right in [(page.wanted, kept, True), (page.unwanted, left, False)]:
                for string in strings:
                    hits.append((even(string) in text) == is_right)
                    if options.tell and not hits[-1]:
                        print(f"{'lost' if is_right else 'kept'}: {page.path.name}: {string}")
        print(f"| {name} | {wilson(sum(kept), len(kept))} | {wilson(sum(left), len(left))} | {unread} |")


if __name__ == "__main__":
    main()
