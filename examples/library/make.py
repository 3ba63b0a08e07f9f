"""Makes the papers in storage/ (pip install reportlab pyphen). The same bytes each time.

Each is set in another way: in two columns with running heads, in one column as a report, in two columns with notes below them.
"""

from pathlib import Path

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

STORAGE = Path(__file__).parent / "storage"

GAUGES = [
    ["""# Slow Gauges in Fast Water""", """By Lena Varga and Anton de Vries""",
     """A gauge that is built to be read at ease is built to be slow. We inspected the tide gauges of one coast, timed how long
     each takes to follow a step in the water, and compare what they report with what a fast gauge beside them saw.""",
     """# 1 Why gauges are slow""",
     """A tide gauge stands in a well, and the well has a small opening. The opening is there so that waves do not shake the
     float. Whoever made it larger would have a record that nobody could read; whoever made it smaller would have a clean line
     that comes too late.""",
     """How small it should be was settled by habit. The handbooks that we found give a diameter and no reason for it, and
     the diameter is the same for a harbour and for an open coast."""],
    ["""# 2 What we inspected""",
     """We visited every gauge that the survey lists between the two capes. Four had been given up, one was under repair, and
     one could not be reached. At each of the others we raised the water in the well by hand and took down how the float
     came back.""",
     """The time that a float needs to fall by two thirds is what we call the lag of the gauge, and by lag we mean nothing else
     in this paper. It was between eleven seconds and nine minutes."""],
    ["""# 3 What the water did""",
     """Beside six of the gauges we hung a pressure cell that is read four times a second. Over a month the cells saw water that
     rose by a hand's breadth within a minute on most days, and on some days every few minutes. Fishermen know it and have a
     word for it; the records of the survey do not show it at all.""",
     """We do not say that the records are wrong. They were meant for the tide."""],
    ["""# 4 What the gauges reported""",
     """A damped gauge reports the tide and forgets the wave. This has been known since there are such gauges. What has not been
     noticed is that it also reports a tide where there is none: when short waves come in groups, the well fills more easily
     than it drains, and the line creeps up by as much as four centimetres.""",
     """The effect is likely to be larger where the opening has grown over with shells. We have not measured that."""],
    ["""# 5 How many are slow""",
     """Of the 38 gauges that we inspected, 29 were slower than the water they measured. A gauge may be slow and still serve: the
     mean over a day hardly changes. Who asks for the highest water of a year should not take it from such a record.""",
     """# 6 Conclusion""",
     """Slowness was built in on purpose, and the purpose has been forgotten. We suggest that a lag be written beside every
     record, as a scale is written beside every map."""],
]

CENSUS = [
    ["""# What a Census Leaves Out""", """By Maja Ekström""",
     """# Summary""",
     """A census counts those who can be found at home by somebody who knocks. This report follows the enumerators of one
     district for three weeks and describes whom they did not find, and what they wrote down instead.""",
     """# The empty form""",
     """Of 1,204 doors, 171 stayed shut at the third visit. The instruction says that the neighbours are then to be asked. In the
     field the instruction is rarely followed: most enumerators wrote down what they could see through the window, and some
     asked the postman, who knew more than the neighbours did."""],
    ["""# The borrowed answer""",
     """When a neighbour answers, the answer is about the neighbour too. Households described by others were reported to be
     smaller, older and poorer than those that were met later by chance. We believe that this is so because people remember of
     others what sets them apart.""",
     """No correction for this can be made afterwards, since the form does not say who answered. A box for it would cost nothing.
     The office has refused it twice, on the ground that it would invite the enumerators to use it."""],
    ["""# What follows""",
     """It is often said that a census leaves out the poor. In this district it left out the young, who move, and the old whose
     bell is broken. An undercount is not a smaller copy of the count; it is a different population.""",
     """The report makes no estimate of how many were missed. Whoever makes one must assume that those who were not met are like
     those who were, and this is the one thing that we have seen to be false."""],
]

TWICE = [
    ["""# Counting Twice""", """By Ashok Banerjee and Pilar Ruiz""",
     """Two incomplete lists of the same things tell how many are on neither, if the lists know nothing of each other. We show
     how fast the estimate goes wrong when they do.""",
     """# 1 The rule""",
     """Let two people list the wells of a valley. If every well has the same chance to be on the second list whether or not it
     is on the first, then the number of all wells is the product of the two counts, divided by the number of wells that are on
     both. The rule is old and was made for fish.""",
     """^ For small counts one is added to each of the three numbers, which changes nothing of what follows."""],
    ["""# 2 Where it fails""",
     """Lists are copied. If one well in ten comes to the second list from the first, the estimate falls by about a fifth, and
     nothing in the counts shows it. Independence is assumed by whoever multiplies, and it cannot be tested with two lists.""",
     """A third list can test it. With three there are four ways to take two that share one, and the estimates should agree
     within their errors. In all the valleys that we know of they did not.""",
     """^ We leave out one valley for which the third list was made from memory."""],
    ["""# 3 What to do""",
     """We advise to publish the overlap and not the estimate. Readers who trust the lists can multiply for themselves. Those who
     do not will see at once that 41 wells on both lists of 62 says more about the listers than about the valley.""",
     """The two of us disagree on whether the rule should be taught at all."""],
]


TIMES, BOLD = "Times-Roman", "Times-Bold"
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=13.5, leading=16, spaceAfter=6)
HEADING = ParagraphStyle("heading", fontName=BOLD, fontSize=11.5, leading=14, spaceBefore=4, spaceAfter=4)
AUTHORS = ParagraphStyle("authors", fontName=TIMES, fontSize=10, leading=12, spaceAfter=8)
BODY = ParagraphStyle("body", fontName=TIMES, fontSize=9.5, leading=11.5, spaceAfter=5, alignment=TA_JUSTIFY,
                      hyphenationLang="en_GB", embeddedHyphenation=1)  # fmt: skip
NOTE = ParagraphStyle("note", parent=BODY, fontSize=7, leading=8.5)
MARGIN, GAP = 45, 14


def blocks(page, is_first):
    """The blocks of a page, and the notes below it."""
    shaped, notes = [], []
    for block in page:
        words = " ".join(block.split())
        if words.startswith("# "):
            shaped.append(Paragraph(words[2:], TITLE if is_first and not shaped else HEADING))
        elif words.startswith("^ "):
            notes.append(Paragraph(words[2:], NOTE))
        else:
            shaped.append(Paragraph(words, AUTHORS if words.startswith("By ") else BODY))
    return shaped, notes


def paper(path, title, authors, pages, columns, depth):
    """Sets a paper in so many columns that are so deep, in points."""
    width, height = A5
    column = (width - 2 * MARGIN - GAP * (columns - 1)) / columns
    top = height - MARGIN
    frames = [Frame(MARGIN + at * (column + GAP), top - depth, column, depth, 0, 0, 0, 0) for at in range(columns)]
    shaped, notes = zip(*(blocks(page, at == 0) for at, page in enumerate(pages)))

    def furniture(canvas, document):
        canvas.setFont(TIMES, 8)
        if document.page > 1:
            canvas.drawString(MARGIN, height - 32, f"{authors[-1].split()[-1]}: {title}")
        canvas.drawCentredString(width / 2, 30, str(document.page))
        for note in notes[document.page - 1]:
            _, needed = note.wrapOn(canvas, column, depth)
            note.drawOn(canvas, MARGIN, top - depth - 8 - needed)

    document = BaseDocTemplate(str(path), pagesize=A5, invariant=1, title=title, author=", ".join(authors))
    document.addPageTemplates(PageTemplate(frames=frames, onPageEnd=furniture))
    path.parent.mkdir(parents=True, exist_ok=True)
    document.build([flowing for page in shaped for flowing in [*page, PageBreak()]][:-1])
    assert document.page == len(pages), f"{title} has {document.page} pages"


if __name__ == "__main__":
    paper(STORAGE / "AB12CD34" / "Varga and de Vries - 2021 - Slow Gauges in Fast Water.pdf",
          "Slow Gauges in Fast Water", ["Lena Varga", "Anton de Vries"], GAUGES, 2, 170)  # fmt: skip
    paper(STORAGE / "GH90IJ12" / "Ekström - 2020 - What a Census Leaves Out.pdf",
          "What a Census Leaves Out", ["Maja Ekström"], CENSUS, 1, 400)  # fmt: skip
    paper(STORAGE / "KL34MN56" / "Banerjee and Ruiz - 2019 - Counting Twice.pdf",
          "Counting Twice", ["Ashok Banerjee", "Pilar Ruiz"], TWICE, 2, 170)  # fmt: skip
