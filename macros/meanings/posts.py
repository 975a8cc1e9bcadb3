"""Codes that one may meet when writing a post or a page."""

from .meaning import Group, Meaning

POSTS = Group("When you write a post or a page", (
    Meaning("macro", "What stands in double curly brackets cannot be read. Copy it from an example.",
            '{{ measure("plans-on-time") }', '{{ measure("plans-on-time") }}'),
    Meaning("unknown-macro", "What stands in double curly brackets is not something that the site can fill in.",
            "{{ next_meeting }}", "{{ next_meeting() }}"),
    Meaning("link-form", "A link to a page of this site names the page's file. Then it still works when the site "
            "moves.",
            "[have your say](/feedback/)", "[have your say](feedback.md)"),
    Meaning("broken-link", "The link leads to a page that does not exist.",
            "[have your say](feedbak.md)", "[have your say](feedback.md)"),
    Meaning("no-address", "A topic has a page of its own, and a word has its place in the glossary. So each needs some "
            "letters from a to z for its address, and not too many. No two may come out the same.",
            "topics: [Late plans, Late-plans]", "topics: [Late plans]"),
    Meaning("redirect", "An old address should lead to a page, and does not; or it stands where there is a page.",
            "- from: blog/old-name/\n  to: blog/2024-02-02-frist-meeting/",
            "- from: blog/old-name/\n  to: blog/2024-02-02-first-meeting/"),
    Meaning("markdown", "This way of writing comes from another program, or a small thing in it is wrong. The site "
            "would show the signs as you typed them. A box or a tab needs its title in quotes, and four spaces before "
            "its text.",
            "!!! warning Bring a letter", '!!! warning "Bring a letter"'),
    Meaning("alt-text", "Someone who cannot see the image learns nothing from it. Say in a sentence what it shows. "
            "For an image that only decorates, write that its words are empty: alt=\"\".",
            "![](chart.svg)", "![Late plans fell from 40 to 12.](chart.svg)"),
))
