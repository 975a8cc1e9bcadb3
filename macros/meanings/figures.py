"""Codes that one may meet when giving figures."""

from .meaning import Group, Meaning

FIGURES = Group("When you add a figure", (
    Meaning("figure-value", "A published figure has a number. One that is suppressed or not available has none.",
            "- period: 2024\n  value: null", "- period: 2024\n  value: null\n  state: not_available"),
    Meaning("figure-note", "Who hides a figure says why.",
            "value: null\nstate: suppressed", "value: null\nstate: suppressed\nnote: Fewer than five children."),
    Meaning("figure-order", "Figures stand oldest first. The form puts them in order.",
            "- period: 2023\n- period: 2022", "- period: 2022\n- period: 2023"),
    Meaning("figure-twice", "There are two figures for the same time. One that replaces another says what changed.",
            "- period: 2023\n  value: 41\n- period: 2023\n  value: 52.5",
            '- period: 2023\n  value: 41\n- period: 2023\n  value: 52.5\n  revises: Late letters were added.'),
    Meaning("small-number", "One to four people could be recognised. Such a number is never published.",
            "value: 3", "value: null\nstate: suppressed\nnote: Fewer than five children."),
    Meaning("small-number-left", "The hidden number of one to four people can be worked out: take the published parts "
            "from the whole, or the published months from the year. So one more figure has to be hidden.",
            "value: 12", "value: null\nstate: suppressed\nnote: Else a hidden part could be worked out."),
))
