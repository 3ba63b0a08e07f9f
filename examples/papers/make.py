"""Makes the documents in sources/ (pip install reportlab pyphen). The same bytes each time."""

import sys
from pathlib import Path

import pyphen
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
TITLE = "How Small Groups Decide"
AUTHORS = "Ines Moreau and Tomas Lindqvist"
HEAD = "Moreau and Lindqvist: How Small Groups Decide"

ABSTRACT = """We observed forty committees of three to nine members over two years and recorded how long each took to
settle a question. Smaller committees were faster, but they were not more often right. We describe what the slower ones did
with their time and argue that most of it was well spent."""

# A heading begins with "# ", a footnote with "^ ".
BODY = """# 1 Introduction

Whoever has sat on a committee believes that smaller ones are better. The belief is old and the evidence for it is thin. Early
studies compared committees that differed in much besides their size, and those that did not were made in laboratories, where
nobody has to live with what was decided.

This paper reports on committees that did. Each of them allotted money to projects in its own town, and each could be
visited a year later by somebody who asked whether the project had been worth its cost.

# 2 What we observed

We sat in on 312 meetings and kept minutes of our own. A question was counted as settled when a vote was taken or when the chair
moved on and nobody objected. By this measure a committee of three settled a question in eleven minutes on average, and a
committee of nine in twenty-six. The difference is large, and it is about the size that earlier work would lead one to expect.

What earlier work would not lead one to expect is how little of this time was spent on disagreement. In the larger
committees members mostly asked each other what a proposal meant. Disagreement, when it came, took less than four minutes, and
it was hardly longer in a committee of nine than in one of three.

^ Minutes were kept by two observers who did not confer; where they differed by more than a minute we left the question out.

# 3 Whether they were right

A year after each decision we asked three residents who had no part in it whether the project had been worth its cost. They
agreed with the committee in sixty-one per cent of cases when it had three members, and in sixty-eight per cent when it had
nine. The difference may be due to chance. It is certainly not in favour of the smaller committees, and we take this to be the
main result of the paper: speed was bought with something, or at the least it was not free.

Some readers of an earlier draft suggested that larger committees were given easier questions. We doubt it. Questions were
allotted by a clerk who knew nothing of our study, and the share that residents themselves called difficult was the same for
committees of every size.

# 4 What the time was for

The minutes allow a closer look. In committees of seven or more, two thirds of all questions that members asked were answered by
another member rather than by the chair, and a well-informed answer was followed by a second question about as often as an
ill-informed one. Members were not persuading each other. They were finding out what each of them knew.

We call this pooling, and by pooling we mean the exchange of what members know before any of them says what should be done. It is
slow because knowledge is spread unevenly and nobody knows who has it. A chair who asks for opinions first cuts pooling
short, and the committee decides sooner, on less.

# 5 Limits

Forty committees are not many, and all of them were in one region. We cannot rule out that people who join a large committee
differ from those who join a small one. Nor do we know whether residents are good judges after one year; for some
projects ten would be too few. We would be surprised if the order of the results were overturned, but we would not be
surprised if the differences were found to be smaller than we report.

# 6 Conclusion

A small group decides sooner. Whether it decides better is another question, and on our evidence the answer is that it does not.

Those who set up committees should ask what the time of a larger one is spent on before they save it."""

DICTIONARY = pyphen.Pyphen(lang="en_GB")
FONT, BOLD, SIZE, LEADING = "Times-Roman", "Times-Bold", 10, 12
TOP, BOTTOM, COLUMN, LEFT = 760, 540, 225, [60, 310]


def wrap(text, width, font, size, indent=0):
    """Lines of words that fill a width; words are cut where that is allowed."""
    lines, line, room = [], [], width - indent
    space = stringWidth(" ", font, size)
    words = text.split()
    while words:
        word = words.pop(0)
        taken = sum(stringWidth(one, font, size) + space for one in line)
        if taken + stringWidth(word, font, size) <= room:
            line.append(word)
            continue
        for head, tail in DICTIONARY.iterate(word):
            if word.isalpha() and len(head) > 2 and taken + stringWidth(head + "-", font, size) <= room:
                line.append(head + "-")
                word = tail
                break
        if not line:
            line.append(word)
        else:
            words.insert(0, word)
        lines.append(line)
        line, room = [], width
    return lines + [line] if line else lines


def rows():
    """The lines of the body: (kind, words, indent, whether it is the last of its paragraph)."""
    first = True
    lines = []
    for block in BODY.split("\n\n"):
        if block.startswith("# "):
            lines.append(("heading", block[2:].split(), 0, True))
            first = True
        elif block.startswith("^ "):
            cut = wrap(block[2:], COLUMN, FONT, 8)
            lines += [("note", words, 0, at == len(cut) - 1) for at, words in enumerate(cut)]
        else:
            indent = 0 if first else 12
            cut = wrap(block, COLUMN, FONT, SIZE, indent)
            lines += [("body", words, indent if at == 0 else 0, at == len(cut) - 1) for at, words in enumerate(cut)]
            first = False
    return lines


def place(lines):
    """The columns: lists of (y, line); footnotes at the foot of the column that has their place."""
    columns, top = [], TOP - 150
    lines = list(lines)
    while lines:
        y, column, notes = top, [], []
        while lines:
            kind = lines[0][0]
            if kind == "note":
                notes.append(lines.pop(0))
                continue
            step = LEADING + (8 if kind == "heading" and column else 0)
            if y - step < BOTTOM + 10 * len(notes):
                break
            y -= step
            column.append((y, lines.pop(0)))
        foot = BOTTOM + 10 * len(notes) - 14
        column += [(foot - 10 * at, note) for at, note in enumerate(notes)]
        columns.append(column)
        top = TOP if len(columns) >= 2 else top
    return columns


def draw(canvas, x, y, line, apart):
    """Draws a line, justified unless it ends a paragraph; `apart`: each word by itself, and no spaces."""
    kind, words, indent, last = line
    font, size = {"heading": (BOLD, 12), "body": (FONT, SIZE), "note": (FONT, 8)}[kind]
    x, width = x + indent, COLUMN - indent
    space = stringWidth(" ", font, size)
    if not last and len(words) > 1:
        space = (width - sum(stringWidth(word, font, size) for word in words)) / (len(words) - 1)
    canvas.setFont(font, size)
    if apart:
        for word in words:
            canvas.drawString(x, y, word)
            x += stringWidth(word, font, size) + space
    else:
        text = canvas.beginText(x, y)
        text.setFont(font, size)
        text.setWordSpace(space - stringWidth(" ", font, size))
        text.textLine(" ".join(words))
        canvas.drawText(text)


def paper(path):
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.setTitle(TITLE)
    canvas.setAuthor(AUTHORS)
    columns = place(rows())
    for page in range((len(columns) + 1) // 2):
        pair = columns[2 * page : 2 * page + 2]
        if page == 0:
            canvas.setFont(BOLD, 18)
            canvas.drawCentredString(A4[0] / 2, 760, TITLE)
            canvas.setFont(FONT, 11)
            canvas.drawCentredString(A4[0] / 2, 738, AUTHORS)
            for at, words in enumerate(wrap(ABSTRACT, 380, FONT, 9)):
                canvas.setFont(FONT, 9)
                canvas.drawString(108, 705 - 11 * at, " ".join(words))
        else:
            canvas.setFont(FONT, 9)
            canvas.drawString(60, 800, HEAD)
        placed = [(y, LEFT[side], line) for side, column in enumerate(pair) for y, line in column]
        if page == 1:
            # To and fro between the columns, as some programs write.
            placed.sort(key=lambda one: (-one[0], one[1]))
        for y, x, line in placed:
            draw(canvas, x, y, line, apart=page == 2)
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 500, str(page + 1))
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    paper(HERE / "sources" / "moreau-2021.pdf")
