"""Codes about what could mislead readers, or run in their browsers."""

from .meaning import Group, Meaning

TRUST = Group("When something could mislead or harm a reader", (
    Meaning("raw-html", "A page may hold a little HTML, such as bold text or a table. This would run, load or restyle "
            "something, so the site takes it out.",
            '<p style="color: red">Late</p>', "<p>Late</p>"),
    Meaning("link-target", "The link does not lead where a reader would think, or it does something other than lead "
            "to a page. Or an image is loaded from another site, which would then learn who reads this page.",
            "[smallshire.org](https://elsewhere.example/)", "[smallshire.org](https://www.smallshire.org/)"),
    Meaning("hidden-character", "The text holds a sign without width, or one that turns its direction. Readers would "
            "see something other than what stands there. Such signs come with text that was pasted.",
            "What the board prom\u00adised.", "What the board promised."),
    Meaning("site-file", "Files of this kind can run programs, or are not what readers can open. Or the folder is one "
            "that the site fills itself.",
            "docs/plan.html", "docs/plan.md"),
    Meaning("svg-script", "A picture in SVG can hold a program, or load things from elsewhere. This one does.",
            '<svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Meaning("security-contact", "Whoever finds a hole in the site has to be able to report it in private.",
            "contact: http://smallshire.example/report", "contact: https://smallshire.example/report"),
    Meaning("security-expired", "The day until which the contact for security holes could be relied on has passed.",
            "expires: 2026-10-31", "expires: 2027-10-31"),
    Meaning("colour-contrast", "Links and buttons in the site's own colour would be too pale on white, or too dark on "
            "the dark ground. Many readers could not read them.",
            'on_white: "#7fb3d5"', 'on_white: "#0b4a66"'),
))

ENDING = Group("When the contact for security holes comes to its end", (
    Meaning("security-expires", "The day until which the contact can be relied on is less than a month away, or more "
            "than a year. See that the contact is still right, and write a new day.",
            "expires: 2026-12-01", "expires: 2027-10-31"),
), is_advice=True)
