"""Codes that one may meet when saying what has happened."""

from .meaning import Group, Meaning

NEWS = Group("When you add an update", (
    Meaning("empty-update", "The update has a date and says nothing.",
            "- date: 2024-05-02\n  source:\n    title: Notes of the second meeting",
            "- date: 2024-05-02\n  note: The questions are ready.\n  source:\n    title: Notes of the second meeting"),
    Meaning("no-reason", "Whoever moves a date, hands an action on or stops it says why.",
            "due: 2024-09-30", "due: 2024-09-30\nreason: The questions are not ready."),
    Meaning("no-evidence", "Nothing is done until readers can open something that shows it.",
            "status: complete\nnote: The list is finished.",
            "status: complete\nevidence:\n  - title: The list\n    url: https://smallshire.example/late-plans"),
    Meaning("no-source", "Readers cannot see where this comes from. Name the meeting, or a page that they can open.",
            "id: A-003\ntitle: Answer letters in plain words",
            "id: A-003\ntitle: Answer letters in plain words\nsource:\n  title: Smallshire plan\n"
            "  url: https://smallshire.example/plan"),
    Meaning("correction", "A correction says what stands there now. The record says something else.",
            "title: Answer letters in plain words\nnow: Answer letters in other words",
            "title: Answer letters in plain words\nnow: Answer letters in plain words"),
    Meaning("to-confirm", "A draft asks a person to look at this, and nobody has. Put in what is right and delete the "
            "words TO CONFIRM. A post with “draft: true” may wait.",
            "owner: null # TO CONFIRM: who answers letters?", "owner: council"),
))
