"""A page as bare as publishers send them: an article on talks between states, and teasers that name people it does not."""

ARTICLE = [
    (
        "Ukrainian President Volodymyr Zelensky told reporters in Kyiv on Friday that talks with Russia had not "
        "begun, and that none would begin before the snow was gone. He thanked the United States for its patience "
        "and asked for more of it."
    ),
    (
        "The Biden administration wants a date by January, two officials at the White House said, and Congress is "
        "to vote on further aid before it rises for the holidays. Nobody in Washington would say how much."
    ),
    "A Longer Table",
    (
        "NATO members will be asked to carry a larger share of the cost. “We cannot do this by ourselves,” a "
        "senior U.S. official said."
    ),
    "Kyiv Waits for an Answer",
    (
        "Zelensky said that Ukraine had sent its terms to the United States a month ago and had heard nothing "
        "since. Russia says that it has seen no terms at all, and that it would not read them if it had."
    ),
]

TEASERS = """\
Koepka Walks Off After Nine Holes and Says Nothing
DECEMBER 24, 2025

Skenes and Skubal Share the Winter's Last Prize
NOVEMBER 12, 2025

Politics
Kevin McCarthy Has a Book Out, and Scores to Settle
The former speaker writes about his last weeks in office, and about those who ended them.
POLITICS BY OCTOBER 18, 2025

Trump Asks the Supreme Court to Hurry
The justices are to say before spring whether the tariffs may stand.
POLITICS BY NOVEMBER 5, 2025

Scott Bessent Counts on Lower Rates
The treasury secretary expects cheaper loans by the summer.
POLITICS BY OCTOBER 3, 2025
"""

PAGE = "\n".join([*ARTICLE, TEASERS]) + "\n\n"
