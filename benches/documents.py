"""Measures the extraction of text from documents: against other programs, and by the quotations that are found in it.

    python3 benches/documents.py --ibid target/release/ibid FOLDER
    python3 benches/documents.py --ibid target/release/ibid --rival NAME=COMMAND … FOLDER
    python3 benches/documents.py --ibid target/release/ibid --seen server/source/tests/pages examples/saved-pages/sources

FOLDER contains PDF files, or those of `--kind epub` or `docx`, preferably papers and manuals from many producers. Prints, with
95 % intervals (Wilson):

- sentences: the share of the sentences read by pdftotext (poppler) from PDFs, or by pandoc from other formats, that `ibid`
  extracts verbatim, in total and as the mean over documents. A sentence has 8 to 60 words, mostly of letters, and goes from a
  capital to an end mark, which excludes formulas, tables and contents. Case, hyphens, ligatures and pandoc's footnote marks
  are ignored; spaces are not. PDFs in TeX's bitmap fonts are counted separately, because pdftotext drops their ligatures.
- pages per second, or MB of text per second, by processor time;
- quotations: the share of quotations, drawn from these sentences and edited as people do, that are located in the right
  document, and with the right verdict.

A rival is a command that writes the text of the file named by its last argument. A table shows the sentences that each program
extracts, its pages per second, and the documents from which it extracts nothing. Words that it leaves split at the end of a line
are joined.

With --seen, FOLDER contains saved pages, and the other folder the visible text of each in a file of the same name, from which
quotations are drawn. Sentences and comments of these pages are counted by `cargo test -p ibid-source --test pages -- --nocapture`.
"""

import argparse
import collections
import json
import math
import pathlib
import random
import re
import resource
import shlex
import subprocess
import unicodedata

MARK = re.compile(r"\f.*\n")
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty"]
WORDS = ["garden", "rarely", "copper", "evening", "twelve", "harbour", "gently", "window", "borrowed", "silver"]


def words(text):
    """The folded words of a text."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def sentences(text):
    """The sentences of running prose in what pdftotext writes."""
    for block in re.split(r"\n\s*\n|\f", text):
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])", " ".join(block.split())):
            found = words(sentence)
            letters = sum(len(word) >= 3 and word.isalpha() for word in found)
            is_whole = re.match(r"[A-Z“\"]", sentence) and sentence.rstrip("”\")").endswith((".", "!", "?"))
            if 8 <= len(found) <= 60 and letters >= 0.6 * len(found) and is_whole:
                yield sentence


def wilson(hits, count):
    """The 95 % interval of a share."""
    if not count:
        return "–"
    z, share = 1.96, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return f"{share:.4f} [{max(0, middle - half):.4f}–{min(1, middle + half):.4f}] of {count}"


def output(command, **options):
    return subprocess.run(command, capture_output=True, check=False, **options)


def processor():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def recovered(reference, text):
    """For each sentence, whether a text contains it."""
    text = f" {' '.join(words(text))} "
    return [f" {' '.join(words(sentence))} " in text for sentence in reference]


class Page:
    """A saved page and its visible text."""

    is_bitmap = False

    def __init__(self, path, seen):
        told = re.compile(r"(title|author|date|url|doi|comment|not): ")
        lines = (seen / f"{path.stem}.txt").read_text().splitlines()
        self.path = path
        self.reference = list(sentences("\n\n".join(line for line in lines if not told.match(line))))


def by_pandoc(path):
    """The text of a document as pandoc reads it, without footnote marks and with each list item separate."""
    # Otherwise pandoc would draw tables with their cells side by side.
    plain = "plain-simple_tables-multiline_tables-grid_tables-pipe_tables"
    text = output(["pandoc", "--to", plain, "--wrap", "none", path]).stdout.decode()
    return re.sub(r"(?m)^\s*(?:-|\d+[.)])\s+", "\n\n", unmarked(text))


def unmarked(text):
    """A text without footnote marks, soft hyphens and pandoc's marks of emphasis."""
    return re.sub(r"\[\d+\]|\u00ad|(?<!\w)_|_(?!\w)", "", text)


class Document:
    """A document as `ibid` and the reference read it."""

    def __init__(self, path, ibid):
        self.path, kind = path, path.suffix[1:]
        self.pages, self.is_bitmap = 0, False
        if kind == "pdf":
            text = output(["pdftotext", path, "-"]).stdout.decode(errors="replace")
            info = output(["pdfinfo", path]).stdout.decode(errors="replace")
            self.pages = int(next((line.split()[1] for line in info.splitlines() if line.startswith("Pages")), 0))
            self.is_bitmap = b"Type 3" in output(["pdffonts", path]).stdout
        else:
            text = by_pandoc(path)
        self.reference = list(sentences(text))
        before = processor()
        with open(path, "rb") as bytes_of:
            taken = output([ibid, "extract", kind], stdin=bytes_of)
        self.seconds, self.size = processor() - before, len(taken.stdout)
        self.error = taken.stderr.decode().strip() if taken.returncode else ""
        text = MARK.sub("", taken.stdout.decode())
        self.found = recovered(self.reference, text if kind == "pdf" else unmarked(text))

    def share(self):
        return sum(self.found) / len(self.found)


class Rival:
    """The texts that another program extracts. A document that takes over two minutes counts as unread."""

    def __init__(self, name, command, documents):
        self.name, self.found, self.failed = name, {}, []
        before = processor()
        for document in documents:
            try:
                taken = output([*shlex.split(command), document.path], timeout=120)
                text, failed = taken.stdout.decode(errors="replace"), taken.returncode != 0
            except subprocess.TimeoutExpired:
                text, failed = "", True
            self.found[document] = recovered(document.reference, re.sub(r"[-\u00ad]\s*\n\s*", "", text))
            if failed or not text.strip():
                self.failed.append(document.path.name)
        self.seconds = processor() - before


def compare(documents, rivals):
    """A table of the share of sentences, the pages per second and the unread documents of each program."""
    sharp = [one for one in documents if not one.is_bitmap]
    pages = sum(one.pages for one in documents)
    ours = {document: document.found for document in documents}
    unread = [one.path.name for one in documents if one.error]
    rows = [("ibid", ours, unread, sum(one.seconds for one in documents))]
    rows += [(rival.name, rival.found, rival.failed, rival.seconds) for rival in rivals]
    print("|  | sentences, without bitmap fonts | sentences, all | mean of documents | pages a second | unread |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, found, failed, seconds in rows:
        hits = [[hit for one in some for hit in found[one]] for some in (sharp, documents)]
        means = [sum(found[one]) / len(found[one]) for one in documents if found[one]]
        shares = " | ".join(wilson(sum(some), len(some)) for some in hits)
        print(f"| {name} | {shares} | {sum(means) / max(1, len(means)):.4f} | {pages / seconds:.0f} | {len(failed)} |")


def edited(kind, quote, rng):
    """A quotation with an edit, and the correct verdicts. None if the edit does not apply to it."""
    parts = quote.split()
    at = rng.randrange(2, len(parts) - 2)
    if kind == "exact":
        return quote, {"verbatim", "typographic"}
    if kind == "typographic":
        return quote.replace('"', "”").replace("'", "’").replace(" ", "  ", 1), {"verbatim", "typographic"}
    if kind == "elided":
        return " ".join(parts[:at] + ["..."] + parts[at + 2 :]), {"marked"}
    if kind == "bracketed":
        return " ".join(parts[:at] + [f"[{rng.choice(WORDS)}]"] + parts[at + 1 :]), {"marked"}
    if kind == "altered-word":
        parts[at] = rng.choice(WORDS)
    elif kind == "altered-added":
        parts.insert(at, rng.choice(WORDS))
    elif kind == "altered-dropped":
        del parts[at]
    elif kind == "altered-number":
        places = [i for i, part in enumerate(parts) if part.lower() in NUMBERS]
        if not places:
            return None
        place = rng.choice(places)
        parts[place] = rng.choice([number for number in NUMBERS if number != parts[place].lower()])
    elif kind == "altered-negation":
        places = [i for i, part in enumerate(parts) if part in ("is", "are", "was", "were", "can", "may", "will")]
        if not places:
            return None
        parts.insert(places[0] + 1, "not")
    return " ".join(parts), {"altered"}


KINDS = ["exact", "typographic", "elided", "bracketed", "altered-word", "altered-added", "altered-dropped",
         "altered-number", "altered-negation"]  # fmt: skip


def quotations(documents, rng, each):
    """Quotations of 8 to 30 words with their places: `each` of every kind, from as many documents as possible."""
    usable = [document for document in documents if document.reference and not document.is_bitmap]
    for kind in KINDS:
        drawn = 0
        for _ in range(each * 200):
            document = rng.choice(usable)
            sentence = rng.choice(document.reference)
            if len(sentence.split()) > 30 or len(words(sentence)) != len(sentence.split()):
                continue
            made = edited(kind, sentence, rng)
            if made and drawn < each:
                drawn += 1
                yield {"kind": kind, "quote": made[0], "right": made[1], "path": document.path.name}


def locate(ibid, folder, probes):
    lines = "".join(json.dumps({"id": at, "quote": probe["quote"]}) + "\n" for at, probe in enumerate(probes))
    answers = output([ibid, "locate", "--jsonl", "--sources", folder], input=lines.encode()).stdout.decode()
    return [json.loads(line) for line in answers.splitlines()]


def tell_sentences(options, documents):
    for document in documents:
        if document.error:
            print(f"unread: {document.path.name}: {document.error}")
        if options.tell:
            for sentence, found in zip(document.reference, document.found):
                if not found:
                    print(f"missed: {document.path.name}: {sentence}")
    for name, some in [
        ("without bitmap fonts", [one for one in documents if not one.is_bitmap]),
        ("all", documents),
    ]:
        found = [hit for one in some for hit in one.found]
        shares = [one.share() for one in some if one.found]
        print(f"sentences, {name}: {wilson(sum(found), len(found))}, {len(some)} documents, "
              f"mean of documents {sum(shares) / max(1, len(shares)):.4f}")  # fmt: skip
    pages, seconds = sum(one.pages for one in documents), sum(one.seconds for one in documents)
    if pages:
        print(f"pages a second: {pages / seconds:.0f} ({pages} pages)")
    size = sum(one.size for one in documents) / 1e6
    print(f"MB of text a second: {size / max(seconds, 0.01):.1f} ({size:.1f} MB)")


def tell_quotations(options, documents):
    probes = list(quotations(documents, random.Random(options.seed), options.each))
    answers = locate(options.ibid, options.folder, probes)
    by_kind = collections.defaultdict(list)
    for probe, answer in zip(probes, answers):
        # Several documents may contain the words. Any of them is correct.
        placed = any(match["path"] == probe["path"] for match in answer["matches"])
        right = placed and answer["verdict"] in probe["right"] | {"ambiguous"}
        by_kind[probe["kind"]].append((placed, right))
        if options.tell and not right:
            print(f"{probe['kind']}: {answer['verdict']}: {probe['path']}: {probe['quote']}")
    for kind, hits in [*by_kind.items(), ("all", [hit for hits in by_kind.values() for hit in hits])]:
        placed, right = (sum(hit[at] for hit in hits) for at in (0, 1))
        print(f"quotations, {kind}: located {wilson(placed, len(hits))}; verdict {right / max(1, len(hits)):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ibid", default="target/release/ibid")
    parser.add_argument("--seed", type=int, default=1, help="decides which quotations are drawn")
    parser.add_argument("--each", type=int, default=50, help="quotations of each kind")
    parser.add_argument("--kind", choices=["pdf", "epub", "docx"], default="pdf", help="the documents that are measured")
    parser.add_argument("--tell", action="store_true", help="print what was missed")
    parser.add_argument("--rival", action="append", default=[], metavar="NAME=COMMAND", help="another program to compare with")
    parser.add_argument("--seen", type=pathlib.Path, help="what a reader sees of the saved pages in the folder")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    if options.seen:
        pages = [Page(path, options.seen) for path in sorted(options.folder.glob("*.htm*"))]
        return tell_quotations(options, pages)
    documents = [Document(path, options.ibid) for path in sorted(options.folder.glob(f"*.{options.kind}"))]
    if options.rival:
        return compare(documents, [Rival(*rival.split("=", 1), documents) for rival in options.rival])
    tell_sentences(options, documents)
    tell_quotations(options, documents)


if __name__ == "__main__":
    main()
