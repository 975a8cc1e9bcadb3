# ruff: noqa: E501 (the XML is easier to read on one line)
"""A collection of documents in the shapes in which word processors write them, each with what its reader sees.

Every document is made here. A case says which words a reader sees, which must not be published, and what is said.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from tests.documents import DRAWING, RELATIONS, WORD, change, docx, drawing, frame, odt, packed, paragraph, picture, run

STRICT = "http://purl.oclc.org/ooxml"
START = paragraph("A winter post", "Title") + paragraph("Much was said about waiting.")
ODT_START = '<text:p text:style-name="P1">A winter post</text:p><text:p>Much was said about waiting.</text:p>'
SECRET = "Larkspur"
"""What nobody may read: no case's post or notice holds it."""

HIDDEN, UNREADABLE = "hidden in the document", "cannot be read on the page"
CONTENTS, MACROS, MERGED = "table of contents was left out", "macros", "joined to the document"
COVERED, BOX, CHART = "covers it", "text box", "chart or drawing was left out"


@dataclass(frozen=True)
class Case:
    """A document, the text that its reader sees after the first paragraph, and words of each notice."""

    name: str
    data: bytes
    seen: str = ""
    notices: tuple[str, ...] = ()
    exact: str = ""
    sizes: tuple[tuple[int, int], ...] = ()


def word(name: str, body: str, seen: str = "", *notices: str, exact: str = "", sizes: tuple[tuple[int, int], ...] = (),
         start: str = START, **parts: object) -> Case:
    return Case(f"{name}.docx", docx(start + body, **parts), seen, notices, exact, sizes)  # type: ignore[arg-type]


def libre(name: str, body: str, seen: str = "", *notices: str, exact: str = "",
          sizes: tuple[tuple[int, int], ...] = (), **parts: object) -> Case:
    return Case(f"{name}.odt", odt(ODT_START + body, **parts), seen, notices, exact, sizes)  # type: ignore[arg-type]


def repacked(data: bytes, changes: dict[str, str | bytes | None] | None = None, rename: dict[str, str] | None = None,
             spell: dict[str, str] | None = None) -> bytes:
    """A document with parts added, changed or taken out (None), renamed, or with other words in all of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for old, new in (spell or {}).items():
        parts = {name: content.replace(old.encode(), new.encode()) if name.endswith((".xml", ".rels")) else content
                 for name, content in parts.items() if isinstance(content, bytes)}
    for name, new in (rename or {}).items():
        parts[new] = parts.pop(name)
    for name, content in (changes or {}).items():
        if content is None:
            parts.pop(name)
        else:
            parts[name] = content
    return packed(parts)


def styled(text: str, properties: str) -> str:
    """A Word run with properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def field(code: str, *shown: str) -> str:
    """A Word field of several parts."""
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    return f"{mark('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{mark('separate')}{''.join(shown)}{mark('end')}"


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def style(name: str, properties: str, family: str = "text", kind: str = "text") -> str:
    return (f'<style:style style:name="{name}" style:family="{family}"><style:{kind}-properties {properties}/>'
            "</style:style>")


def odt_line(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def shape(inside: str = "", fill: str = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>', wrap: str = "wrapNone",
          behind: int = 0) -> str:
    """A Word shape that floats, with `inside` it."""
    text = f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>" if inside else ""
    return (f'<w:r><w:drawing><wp:anchor behindDoc="{behind}"><wp:positionH relativeFrom="column"><wp:posOffset>0'
            '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
            f'</wp:positionV><wp:extent cx="900000" cy="900000"/><wp:{wrap}/><wp:docPr id="9" name="Shape 9"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f'<wps:wsp><wps:spPr><a:prstGeom prst="rect"/>{fill}</wps:spPr>{text}</wps:wsp></a:graphicData></a:graphic>'
            "</wp:anchor></w:drawing></w:r>")


def alternative(first: str, second: str, requires: str = "wps") -> str:
    return (f'<mc:AlternateContent><mc:Choice Requires="{requires}">{first}</mc:Choice><mc:Fallback>{second}'
            "</mc:Fallback></mc:AlternateContent>")


def vml(inside: str) -> str:
    return f"<w:r><w:pict>{inside}</w:pict></w:r>"


def two_halves() -> bytes:
    """A picture of 60 by 40 points whose upper half is white and lower half black."""
    image, data = Image.new("RGB", (60, 40), "white"), io.BytesIO()
    image.paste("black", (0, 20, 60, 40))
    image.save(data, "PNG")
    return data.getvalue()


def level(at: int, text: str, kind: str = "decimal", start: int = 1, more: str = "") -> str:
    return (f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/>'
            "</w:lvl>")


def numbering(*levels: str, more: str = "") -> str:
    return (f'<w:abstractNum w:abstractNumId="1">{"".join(levels)}</w:abstractNum>'
            f'<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>{more}')


def item(text: str, at: int = 0, id: int = 1, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return line(run(text), properties=f'{named}<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{id}"/></w:numPr>')


def odt_list(*items: str, attributes: str = "") -> str:
    return f'<text:list text:style-name="L" {attributes}>{"".join(items)}</text:list>'


def odt_item(text: str, inside: str = "", attributes: str = "") -> str:
    return f"<text:list-item {attributes}><text:p>{text}</text:p>{inside}</text:list-item>"


def list_style(*levels: str) -> str:
    return f'<text:list-style style:name="L">{"".join(levels)}</text:list-style>'


def list_level(at: int, format: str = "1", suffix: str = ".", more: str = "") -> str:
    return (f'<text:list-level-style-number text:level="{at}" style:num-format="{format}" style:num-suffix="{suffix}" '
            f"{more}/>")


def word_table(*rows: tuple[str, ...]) -> str:
    return "<w:tbl><w:tblGrid>" + "<w:gridCol/>" * len(rows[0]) + "</w:tblGrid>" + "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"


def odt_table(*rows: tuple[str, ...], attributes: str = "") -> str:
    return "<table:table>" + "<table:table-column/>" * len(rows[0]) + "".join(
        f"<table:table-row {attributes}>" + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row)
        + "</table:table-row>" for row in rows) + "</table:table>"


def programs() -> Iterator[Case]:
    """Documents in the shapes of several programs and ages of them."""
    plain = docx(START + paragraph("It was cold in 2025."), numbering=numbering(level(0, "%1.")))
    seen = "It was cold in 2025."
    yield word("struck-twice", line(styled("Old ", "<w:dstrike/>"), styled("new", "")), "Old new", "Struck-out")
    yield word("small-words-above-others", line(run("We met at "), "<w:r><w:ruby><w:rt><w:r><w:t>Town 12</w:t></w:r></w:rt>"
               "<w:rubyBase><w:r><w:t>the hall</w:t></w:r></w:rubyBase></w:ruby></w:r>", run(" twice.")),
               "We met at the hall (Town 12) twice.")
    yield libre("small-words-above-others", "<text:p>We met at <text:ruby><text:ruby-base>the hall</text:ruby-base>"
                "<text:ruby-text>Town 12</text:ruby-text></text:ruby> twice.</text:p>",
                "We met at the hall (Town 12) twice.")
    yield word("typed-bullets", paragraph("• One 7") + paragraph("● Two") + paragraph("Three"), "One 7 Two Three",
               "typed bullet", exact="-   One 7\n-   Two")
    yield libre("typed-bullets", "<text:p>•<text:tab/>One</text:p><text:p>▪ Two<text:line-break/>▪ Three</text:p>",
                "One Two Three", "typed bullet", exact="-   One\n-   Two\n-   Three")
    yield Case("word-on-the-web.docx", repacked(plain, rename={
        "word/document.xml": "word/document2.xml", "word/styles.xml": "word/styles3.xml",
        "word/numbering.xml": "word/numbering2.xml", "word/_rels/document.xml.rels": "word/_rels/document2.xml.rels"},
        spell={"word/document.xml": "word/document2.xml", 'Target="styles.xml"': 'Target="styles3.xml"',
               'Target="numbering.xml"': 'Target="numbering2.xml"'}), seen)
    yield Case("strict.docx", repacked(plain, spell={
        f'"{WORD}"': f'"{STRICT}/wordprocessingml/main"', f'"{RELATIONS}': f'"{STRICT}/officeDocument/relationships',
        f'"{DRAWING}/main"': f'"{STRICT}/drawingml/main"'}), seen)
    yield Case("absolute-targets.docx", repacked(plain, spell={
        'Target="word/document.xml"': 'Target="/word/document.xml"', 'Target="styles.xml"': 'Target="/word/styles.xml"'}),
        seen)
    yield Case("other-prefixes.docx", repacked(plain, spell={"<w:": "<ns0:", "</w:": "</ns0:", " w:": " ns0:",
                                                             "xmlns:w=": "xmlns:ns0="}), seen)
    yield Case("empty-parts.docx", repacked(plain, {
        "word/numbering.xml": "", "word/fontTable.xml": "", "customXml/item1.xml": "",
        "word/settings.xml": "<!DOCTYPE x><x/>"}), seen)
    yield Case("no-styles.docx", repacked(plain, {"word/styles.xml": None}), seen)
    yield Case("with-macros.docx", docx(START + paragraph(seen), related={"vbaProject.bin": ("vbaProject", b"\0\1")}),
               seen, (MACROS,))
    yield Case("utf-16.docx", repacked(plain, {"word/document.xml": (
        f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{WORD}"><w:body>'
        f"{START}{paragraph(seen)}</w:body></w:document>").encode("utf-16")}), seen)
    text = odt(ODT_START + odt_line(seen))
    yield Case("openoffice.odt", repacked(text, {"Configurations2/accelerator/current.xml": "",
                                                 "Configurations2/menubar/": ""}), seen)
    yield Case("libreoffice-macro.odt", repacked(text, {
        "Basic/script-lc.xml": '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD" "libraries.dtd"><x/>'}),
        seen, (MACROS,))
    yield Case("no-styles.odt", repacked(text, {"styles.xml": None, "meta.xml": None}), seen)
    yield Case("signed.odt", repacked(text, {"META-INF/documentsignatures.xml": "<broken", "Thumbnails/a.png": b"x",
                                             "settings.xml": "", "layout-cache": b"\0"}), seen)
    yield Case("empty-styles.odt", repacked(text, {"styles.xml": "", "meta.xml": ""}), seen)


def hidden_words() -> Iterator[Case]:
    """Words that the document hides."""
    hide = '<w:style w:type="character" w:styleId="Hide"><w:name w:val="Hide"/><w:rPr><w:vanish/></w:rPr></w:style>'
    based = '<w:style w:type="character" w:styleId="Quiet"><w:name w:val="Quiet"/><w:basedOn w:val="Hide"/></w:style>'
    notes = '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>'
    secret = f"the {SECRET} family "
    yield word("hidden-run", line(run("We met "), styled(secret, "<w:vanish/>"), run("twice.")), "We met twice.", HIDDEN)
    yield word("hidden-by-style", line(run("We met "), styled(secret, '<w:rStyle w:val="Quiet"/>'), run("twice.")),
               "We met twice.", HIDDEN, styles=hide + based)
    yield word("hidden-paragraph-style", line(run(secret), properties='<w:pStyle w:val="Note"/>') + paragraph("We met."),
               "We met.", HIDDEN, styles=notes)
    yield word("shown-again", line(styled("We met.", '<w:rStyle w:val="Hide"/><w:vanish w:val="0"/>')), "We met.",
               styles=hide)
    yield word("hidden-row", word_table((paragraph("Service"), paragraph("When")), (paragraph("Therapy"),
               paragraph("May"))).replace("</w:tbl>", f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(secret)}</w:tc>"
               f"<w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"), "Service When Therapy May", HIDDEN, "no heading row")
    yield word("hidden-note", line(run("We met.")) + line(styled("1", "<w:vanish/>"), '<w:r><w:rPr><w:vanish/></w:rPr>'
               '<w:footnoteReference w:id="2"/></w:r>', run("Twice.")), "We met. Twice.", HIDDEN,
               footnotes=f'<w:footnote w:id="2">{paragraph(secret)}</w:footnote>')
    yield word("squashed-lines", line(run(secret), properties='<w:spacing w:line="20" w:lineRule="exact"/>')
               + paragraph("We met."), "We met.", HIDDEN)
    yield libre("hidden-span", odt_line(f"We met {span(secret, 'T1')}twice."), "We met twice.", HIDDEN,
                styles=style("T1", 'text:display="none"'))
    yield libre("hidden-by-named-style", odt_line(f"We met {span(secret, 'Hide')}twice."), "We met twice.", HIDDEN,
                named=style("Hide", 'text:display="none"'))
    yield libre("hidden-section", f'<text:section text:name="s" text:display="none">{odt_line(secret)}</text:section>'
                + odt_line("We met."), "We met.", HIDDEN)
    yield libre("hidden-by-condition", '<text:section text:name="s" text:display="condition" text:condition="ooow:1" '
                f'text:is-hidden="true">{odt_line(secret)}</text:section>' + odt_line("We met."), "We met.", HIDDEN)
    yield libre("hidden-paragraph", odt_line(f'<text:hidden-paragraph text:is-hidden="true"/>{secret}')
                + odt_line("We met."), "We met.", HIDDEN)
    yield libre("hidden-text-field", odt_line(f'We met <text:hidden-text text:is-hidden="true" text:string-value="x">'
                f"{secret}</text:hidden-text>twice."), "We met twice.", HIDDEN)
    yield libre("hidden-row", odt_table((odt_line("Service"), odt_line("When")), (odt_line("Therapy"), odt_line("May")))
                .replace("</table:table>", '<table:table-row table:visibility="collapse"><table:table-cell>'
                         f"{odt_line(secret)}</table:table-cell><table:table-cell/></table:table-row></table:table>"),
                "Service When Therapy May", HIDDEN, "no heading row")


def unreadable_words() -> Iterator[Case]:
    """Words in the colour of their background, or too small to read."""
    secret = f"the {SECRET} family "

    def run_case(name: str, properties: str, *notices: str, seen: str = "We met twice.", text: str = secret) -> Case:
        return word(name, line(run("We met "), styled(text, properties), run("twice.")), seen, *notices)

    yield run_case("white", '<w:color w:val="FFFFFF"/>', UNREADABLE)
    yield run_case("nearly-white", '<w:color w:val="FBFBFB"/>', UNREADABLE)
    yield run_case("white-of-the-theme", '<w:color w:val="auto" w:themeColor="background1"/>', UNREADABLE)
    yield run_case("one-point", '<w:sz w:val="2"/>', UNREADABLE)
    yield run_case("black-highlight", '<w:highlight w:val="black"/>', UNREADABLE)
    yield run_case("black-shading", '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>', UNREADABLE)
    yield run_case("solid-pattern", '<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>', UNREADABLE)
    yield run_case("red-on-red", '<w:color w:val="FF0000"/><w:highlight w:val="red"/>', UNREADABLE)
    yield run_case("no-fill", "<w14:textFill><w14:noFill/></w14:textFill>", UNREADABLE)
    yield run_case("narrowed", '<w:w w:val="1"/>', UNREADABLE)
    yield run_case("yellow-marker", '<w:highlight w:val="yellow"/>', seen="We met here twice.", text="here ")
    yield run_case("white-on-black", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
                   seen="We met here twice.", text="here ")
    yield run_case("grey", '<w:color w:val="999999"/>', seen="We met here twice.", text="here ")
    yield run_case("small-print", '<w:sz w:val="12"/>', seen="We met here twice.", text="here ")
    head = "".join(f'<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
                   f'{line(styled(text, chr(60) + "w:color w:val=" + chr(34) + "FFFFFF" + chr(34) + "/>"))}</w:tc>'
                   for text in ("Service", "When"))
    yield word("white-heads-on-blue", "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:trPr>"
               f"<w:tblHeader/></w:trPr>{head}</w:tr><w:tr><w:tc>{paragraph('Therapy')}</w:tc><w:tc>{paragraph('May')}"
               "</w:tc></w:tr></w:tbl>", "Service When Therapy May")
    for name, properties in (
            ("white", 'fo:color="#ffffff"'), ("one-point", 'fo:font-size="1pt"'),
            ("black-background", 'fo:background-color="#000000" style:use-window-font-color="true" loext:opacity="0%"'),
            ("transparent", 'fo:color="#000000" loext:opacity="0%"')):
        yield libre(name, odt_line(f"We met {span(secret, 'T1')}twice."), "We met twice.", UNREADABLE,
                    styles=style("T1", properties))
    yield libre("automatic-colour", odt_line(f"We met {span('here ', 'T1')}twice."), "We met here twice.",
                styles=style("T1", 'style:use-window-font-color="true" loext:opacity="0%"'))
    yield libre("white-paragraph-on-blue", '<text:p text:style-name="P2">We met.</text:p>', "We met.", styles=(
        '<style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:background-color="#1f3864"/>'
        '<style:text-properties fo:color="#ffffff"/></style:style>'))


def changed_words() -> Iterator[Case]:
    """Deleted, moved and commented text."""
    secret = f"the {SECRET} family"
    accepted = "Tracked changes were accepted"
    moved = run("It was cold.")
    yield word("moved", line(f'<w:moveFrom w:id="1">{moved}</w:moveFrom>') + paragraph("We met.")
               + line(f'<w:moveTo w:id="2">{moved}</w:moveTo>'), "We met. It was cold.", accepted,
               exact="We met.\n\nIt was cold.")
    yield word("deleted-row", word_table((paragraph("Service"), paragraph("When")), (paragraph("Therapy"),
               paragraph("May"))).replace("</w:tbl>", f'<w:tr><w:trPr><w:del w:id="3"/></w:trPr><w:tc>{paragraph(secret)}'
               f"</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"), "Service When Therapy May", accepted,
               "no heading row")
    yield word("deleted-in-inserted", line(run("We "), f'<w:ins w:id="1">{run("met ")}<w:del w:id="2">'
               f'{run(secret, tag="delText")}</w:del>{run("twice.")}</w:ins>'), "We met twice.", accepted)
    yield libre("deleted", f"<text:tracked-changes>{change('c1', 'deletion', secret)}</text:tracked-changes>"
                + odt_line("We <text:change text:change-id='c1'/>met."), "We met.", accepted)
    yield libre("commented", odt_line(f"We <office:annotation><text:p>{secret}</text:p></office:annotation>met"
                                      "<office:annotation-end/>."), "We met.", "1 comment was left out")


def fields() -> Iterator[Case]:
    """Fields, whose text is worked out by the program."""
    yield word("property", line(run("We opened "), f'<w:fldSimple w:instr=" DOCPROPERTY Places ">{run("412")}</w:fldSimple>',
                                run(" places.")), "We opened 412 places.", exact="We opened 412 places.")
    yield word("sum", line(run("In all "), field("=SUM(ABOVE)", run("54.5")), run(" days, and 54.5 more.")),
               "In all 54.5 days, and 54.5 more.")
    yield word("nested", line(field(f"IF {field('MERGEFIELD x', run('code'))} = 1", run("We met.")), run(" Twice.")),
               "We met. Twice.", exact="We met. Twice.")
    yield word("link", line(run("See "), field('HYPERLINK "https://smallshire.example/plan"', run("the plan")), run(".")),
               "See the plan.", exact="See [the plan](https://smallshire.example/plan).")
    yield word("form-fields", line(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', run(" agreed")),
        "agreed", exact="☒ agreed")
    yield word("content-controls", f"<w:sdt><w:sdtContent>{line('<w:sdt><w:sdtContent>' + run('We met 7 times.') + '</w:sdtContent></w:sdt>')}"
               "</w:sdtContent></w:sdt>", "We met 7 times.")
    yield word("hyphens-and-tabs", line(run("chil"), "<w:r><w:softHyphen/></w:r>", run("dren\u00adhood"), "<w:r><w:tab/></w:r>",
                                        run("3"), "<w:r><w:noBreakHyphen/></w:r>", run("4")), "childrenhood 3‑4")
    yield libre("user-field", odt_line('We opened <text:user-defined text:name="Places">412</text:user-defined> places on '
                '<text:date text:fixed="true">20 November 2026</text:date>.'), "We opened 412 places on 20 November 2026.")
    yield libre("expression", odt_line("In all <text:expression>54.5</text:expression> days, and "
                "<text:table-formula>54.5</text:table-formula> more."), "In all 54.5 days, and 54.5 more.")
    yield libre("caption", odt_line('Table <text:sequence text:name="Table">1</text:sequence>: Waiting, see '
                "<text:bookmark-ref>page 7</text:bookmark-ref>"), "Table 1: Waiting, see page 7")
    yield libre("content-control", odt_line("We chose <loext:content-control><loext:list-item loext:value='x'/>the second"
                "</loext:content-control>."), "We chose the second.", exact="We chose the second.")


def boxes_and_parts() -> Iterator[Case]:
    """Text that is not in a line with the rest, and parts that are not in the text."""
    box = paragraph("In a box 12")
    yield word("text-box", line(run("Before."), alternative(shape(box, fill="<a:noFill/>").removeprefix("<w:r>").removesuffix("</w:r>"),
               f"<w:pict><v:shape><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict>"))
               .replace("<mc:Alt", "<w:r><mc:Alt").replace("</mc:AlternateContent>", "</mc:AlternateContent></w:r>")
               + paragraph("After."), "Before. In a box 12 After.", BOX, exact="Before.\n\nIn a box 12\n\nAfter.")
    yield word("old-text-box", line(vml(f"<v:shape><v:textbox><w:txbxContent>{box}{paragraph('Twice 12')}</w:txbxContent>"
               "</v:textbox></v:shape>")), "In a box 12 Twice 12", BOX)
    yield word("text-box-in-white", line(shape(line(styled(f"the {SECRET} family", '<w:color w:val="FFFFFF"/>'))
               + box, fill="<a:noFill/>")), "In a box 12", BOX, UNREADABLE)
    yield word("framed", line(run("Set apart 9"), properties='<w:framePr w:w="2000"/>'), "Set apart 9")
    yield word("merged-in", '<w:altChunk r:id="rIdpart"/>' + paragraph("We met."), "We met.", MERGED,
               related={"part.htm": ("aFChunk", "<p>Merged words</p>")})
    yield word("nested-table", word_table((paragraph("Service"), paragraph("Figures")), (paragraph("Therapy"), word_table(
        (paragraph("a"), paragraph("12")), (paragraph("b"), paragraph("34"))) + "<w:p/>")), "Service Figures Therapy a 12 b 34",
        "inside a table", "no heading row", "several lines")
    yield word("chart", line('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart"/><a:graphic><a:graphicData '
               'uri="x"/></a:graphic></wp:inline></w:drawing></w:r>') + paragraph("We met."), "We met.", CHART)
    yield word("abstract-and-author", paragraph("By the board", "Author") + paragraph("In short 5 points.", "Abstract"),
               "By the board In short 5 points.",
               styles="".join(f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
                              for name in ("Author", "Abstract")))
    yield word("foot-and-end-notes", line(run("We met"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(".")),
               "We met. Note 7 says so.", footnotes='<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
               f'<w:footnote w:id="2">{paragraph("Note 7 says so.")}</w:footnote>')
    yield libre("text-box", odt_line("Before.<draw:frame><draw:text-box><text:p>In a box 12</text:p></draw:text-box>"
                "</draw:frame>") + odt_line("After."), "Before. In a box 12 After.", BOX,
                exact="Before.\n\nIn a box 12\n\nAfter.")
    yield libre("words-in-a-shape", odt_line('<draw:custom-shape><text:p>In a box 12</text:p><draw:enhanced-geometry/>'
                "</draw:custom-shape>"), "In a box 12", BOX)
    yield libre("framed-on-the-page", "<draw:frame text:anchor-type='page' text:anchor-page-number='1'><draw:text-box>"
                "<text:p>Set apart 9</text:p></draw:text-box></draw:frame>" + odt_line("We met."), "Set apart 9 We met.", BOX)
    yield libre("linked-section", '<text:section text:name="s"><text:section-source xlink:href="other.odt"/></text:section>'
                + odt_line("We met."), "We met.", MERGED)
    yield libre("nested-table", odt_table((odt_line("Service"), odt_line("Figures")), (odt_line("Therapy"), odt_table(
        (odt_line("a"), odt_line("12")), (odt_line("b"), odt_line("34"))))), "Service Figures Therapy a 12 b 34",
        "inside a table", "no heading row", "several lines")
    yield libre("chart", odt_line("<draw:frame><draw:object xlink:href='./Object 1'/><draw:image "
                "xlink:href='./ObjectReplacements/Object 1'/></draw:frame>We met."), "We met.", CHART)


def contents() -> Iterator[Case]:
    """Tables of contents."""
    rows = line(field(r'TOC \o "1-3" \h', f'<w:hyperlink w:anchor="_Toc0">{run("What we heard")}<w:r><w:tab/></w:r>'
                f'{run("3")}</w:hyperlink>'), properties='<w:pStyle w:val="TOC1"/>')
    after = paragraph("What we heard", "heading1") + paragraph("Much 5.")
    yield word("contents", rows + after, "What we heard Much 5.", CONTENTS, exact="## What we heard\n\nMuch 5.")
    yield word("contents-in-a-control", "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
               f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Contents')}{rows}</w:sdtContent></w:sdt>{after}",
               "What we heard Much 5.", CONTENTS, exact="## What we heard\n\nMuch 5.")
    yield word("typed-contents", paragraph("What we heard 3", "TOC1") + after, "What we heard Much 5.", CONTENTS,
               exact="## What we heard\n\nMuch 5.",
               styles='<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>')
    yield libre("contents", "<text:table-of-content text:name='t'><text:index-body><text:p>What we heard 3</text:p>"
                "</text:index-body></text:table-of-content><text:h text:outline-level='1'>What we heard</text:h>"
                + odt_line("Much 5."), "What we heard Much 5.", CONTENTS, exact="## What we heard\n\nMuch 5.")


def pictures() -> Iterator[Case]:
    """Pictures that are cropped, turned, covered or not in the document."""
    half, inside = {"a.png": two_halves()}, {"a.png": picture(60, 40)}
    yield word("cropped", line(drawing("a.png", "A sign", crop='b="50000"')), sizes=((60, 20),), pictures=half)
    yield word("cropped-on-all-sides", line(drawing("a.png", "A sign", crop='l="10000" t="25000" r="40000" b="25000"')),
               sizes=((30, 20),), pictures=inside)
    yield word("turned", line(drawing("a.png", "A sign", form='<a:xfrm rot="16200000"/>')), sizes=((40, 60),),
               pictures=inside)
    yield word("cut-to-a-star", line(drawing("a.png", "A sign", form='<a:prstGeom prst="star5"/>')) + paragraph("We met."),
               "We met.", "cuts it to a shape", pictures=inside)
    yield word("the-same-cropped-twice", line(drawing("a.png", "A sign", crop='b="50000"')) + line(
        drawing("a.png", "A sign", crop='r="50000"')), sizes=((60, 20), (30, 40)), pictures=half)
    yield word("old-cropped", line(vml('<v:shape alt="A sign"><v:imagedata r:id="rIda" cropbottom="32768f"/></v:shape>')),
               sizes=((60, 20),), pictures=half)
    yield word("covered", line(drawing("a.png", "A sign")) + line(shape()) + paragraph("We met."), "We met.", COVERED, CHART,
               pictures=inside)
    yield word("covered-by-old-shape", line(drawing("a.png", "A sign"), vml('<v:rect style="position:absolute"/>'))
               + paragraph("We met."), "We met.", COVERED, CHART, pictures=inside)
    yield word("circled", line(drawing("a.png", "A sign"), shape(fill="<a:noFill/>")), "", CHART, sizes=((60, 40),),
               pictures=inside)
    yield word("beside-a-shape", line(drawing("a.png", "A sign"), shape(wrap="wrapSquare")), "", CHART, sizes=((60, 40),),
               pictures=inside)
    yield word("linked", line('<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A sign"/><a:graphic><a:graphicData>'
               '<pic:pic><pic:blipFill><a:blip r:link="l1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
               "</wp:inline></w:drawing></w:r>") + paragraph("We met."), "We met.", "it is linked",
               links={"l1": "https://smallshire.example/a.png"})
    yield word("hidden-picture", line(drawing("a.png", "A sign").replace("<wp:docPr ", '<wp:docPr hidden="1" '))
               + paragraph("We met."), "We met.", "picture that the document hides", pictures=inside)
    graphic = style("fr1", 'fo:clip="rect(0in, 0in, 0.20833in, 0in)"', "graphic", "graphic")
    yield libre("cropped", odt_line(frame("a.png", "", "A sign", 'draw:style-name="fr1" text:anchor-type="as-char"')),
                sizes=((60, 20),), pictures=half, styles=graphic)
    yield libre("turned", odt_line(frame("a.png", "", "A sign", 'draw:transform="rotate (1.5707963) translate (1cm 1cm)" '
                'text:anchor-type="as-char"')), sizes=((40, 60),), pictures=inside)
    over = style("gr1", 'draw:fill="solid" draw:fill-color="#000000" style:wrap="run-through" style:run-through="foreground"',
                 "graphic", "graphic")
    yield libre("covered", odt_line(frame("a.png", "", "A sign")) + odt_line(
        '<draw:rect draw:style-name="gr1" text:anchor-type="paragraph"/>We met.'), "We met.", COVERED, CHART,
        pictures=inside, styles=over)
    yield libre("grouped-with-a-shape", odt_line(f'<draw:g>{frame("a.png", "", "A sign")}<draw:rect draw:style-name="gr1"/>'
                "</draw:g>We met."), "We met.", COVERED, pictures=inside, styles=over)
    yield libre("linked", odt_line('<draw:frame><draw:image xlink:href="https://smallshire.example/a.png"/></draw:frame>'
                "We met."), "We met.", "it is linked")


def numbers() -> Iterator[Case]:
    """Numbers of lists and headings."""
    plain = numbering(level(0, "%1.", start=4), level(1, "%2)", "lowerLetter"))
    yield word("begins-at-4", item("Publish") + item("Name") + paragraph("So they asked.") + item("Write"),
               "Publish Name So they asked. Write", exact="4.  Publish\n5.  Name\n\nSo they asked.\n\n6.  Write",
               numbering=plain)
    yield word("two-that-share", item("Publish", id=1) + paragraph("So.") + item("Name", id=2) + paragraph("Then.")
               + item("Again", id=3), "Publish So. Name Then. Again", exact="1.  Publish\n\nSo.\n\n2.  Name\n\nThen.\n\n1.  Again",
               numbering=numbering(level(0, "%1."), more='<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
                                   '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
                                   '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'))
    yield word("recommendations", item("Publish") + item("Name"), "Recommendation 1: Publish Recommendation 2: Name",
               exact="Recommendation 1: Publish\n\nRecommendation 2: Name",
               numbering=numbering(level(0, "Recommendation %1:")))
    yield word("legal-numbers", item("Waiting") + item("It was long.", 1) + item("Places", 0) + item("They were few.", 1),
               "Waiting 1.1 It was long. Places 2.1 They were few.",
               exact="1.  Waiting\n\n1.1 It was long.\n\n2.  Places\n\n2.1 They were few.",
               numbering=numbering(level(0, "%1."), level(1, "%1.%2")))
    head = ('<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
            '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr>'
            '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    yield word("numbered-headings", paragraph("Waiting", "H1") + paragraph("Now", "H2") + paragraph("Long.")
               + paragraph("Places", "H1") + paragraph("Few."), "1. Waiting 1.1 Now Long. 2. Places Few.",
               exact="## 1. Waiting\n\n### 1.1 Now\n\nLong.\n\n## 2. Places\n\nFew.", styles=head,
               numbering=numbering(level(0, "%1."), level(1, "%1.%2")))
    ten = list_style(list_level(1, more='text:start-value="4"'), list_level(2))
    yield libre("begins-at-4", odt_list(odt_item("Publish"), odt_item("Name"), attributes='xml:id="l1"')
                + odt_line("So they asked.") + odt_list(odt_item("Write"), attributes='text:continue-list="l1"'),
                "Publish Name So they asked. Write",
                exact="4.  Publish\n5.  Name\n\nSo they asked.\n\n6.  Write", styles=ten)
    yield libre("goes-on", odt_list(odt_item("Publish")) + odt_line("So.") + odt_list(
        odt_item("Name", attributes='text:start-value="9"'), attributes='text:continue-numbering="true"'),
        "Publish So. Name", exact="1.  Publish\n\nSo.\n\n9.  Name", styles=list_style(list_level(1)))
    yield libre("legal-numbers", odt_list(odt_item("Waiting", odt_list(odt_item("It was long.")).replace(
        ' text:style-name="L"', ""))), "Waiting 1.1 It was long.", exact="1.  Waiting\n\n    1.1 It was long.",
        styles=list_style(list_level(1), list_level(2, suffix="", more='text:display-levels="2"')))
    yield libre("numbered-headings", "<text:h text:outline-level='1'>Waiting</text:h><text:h text:outline-level='2'>Now"
                "</text:h><text:p>Long.</text:p>", "1. Waiting 1.1 Now Long.",
                exact="## 1. Waiting\n\n### 1.1 Now\n\nLong.", named=(
                    '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
                    'style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" '
                    'style:num-format="1" text:display-levels="2"/></text:outline-style>'))
    yield libre("restarted-within", odt_list(odt_item("Publish"), odt_item("Name", attributes='text:start-value="7"'),
                odt_item("Write")), "Publish Name Write", exact="1.  Publish\n\n<!-- -->\n\n7.  Name\n8.  Write",
                styles=list_style(list_level(1)))


def cases() -> list[Case]:
    """Return the whole collection."""
    return [case for group in (programs, hidden_words, unreadable_words, changed_words, fields, boxes_and_parts, contents,
                               pictures, numbers) for case in group()]
