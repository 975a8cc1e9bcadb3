"""Codes that one may meet when adding a file."""

from .meaning import Group, Meaning

FILES = Group("When you add a file", (
    Meaning("file-name", "The file's name does not begin with the record's id. So nobody would find it by its name.",
            "data/actions/A-004-New.yml", "data/actions/a-004-new.yml"),
    Meaning("stray-file", "Nothing reads this file, so what stands in it would never be shown. Its name has to end in "
            ".yml, and it belongs in the folder of its kind.",
            "data/actions/a-004-new.yaml", "data/actions/a-004-new.yml"),
    Meaning("duplicate-id", "Two records have the same id. Each id is given once, and never again.",
            "id: A-001", "id: A-004"),
    Meaning("no-area", "There is no data/area.yml. It says whose site this is, so each area has one.",
            "(no file data/area.yml)", "data/area.yml"),
    Meaning("empty", "The file has nothing in it.", "# write the action here", "id: A-003\ntitle: Answer letters"),
    Meaning("too-large", "The file is larger than a megabyte. A record is a page of text at most. Perhaps a picture or "
            "a whole document was put where a record belongs.",
            "(a file of 1,200,000 bytes)", "(a file for each record)"),
    Meaning("encoding", "The file was saved in an old way of writing letters, so some signs cannot be read.",
            "Each caf\ufffd letter says who wrote it.", "Each café letter says who wrote it."),
    Meaning("unreadable", "There is something here that is no file, or that cannot be opened, such as a folder with a "
            "file's name.", "data/actions/a-004-folder.yml/", "data/actions/a-004-folder.yml"),
    Meaning("outside", "This is a link to a file or folder elsewhere on a computer. On the site's computer it leads "
            "nowhere.", "data/actions/a-004-link.yml", "(the file itself, with that name)"),
    Meaning("setting-without-effect", "This setting in mkdocs.yml changes nothing on this site. The message says what "
            "to do instead.", "repo_url: https://github.com/example/board", "(no such line)"),
    Meaning("unreadable-settings", "The file mkdocs.yml is not written as YAML, so the site cannot be built with it.",
            "nav: [", "nav: []"),
))
