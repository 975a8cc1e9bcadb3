"""Builds documents as word processors save them, from XML: .odt (OpenDocument) and .docx (Office Open XML)."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from PIL import Image

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODT_NAMES = " ".join(f'xmlns:{short}="{name}"' for short, name in {
    **{word: f"{OFFICE}{word}:1.0" for word in ("office", "text", "table", "style", "meta", "manifest")},
    "draw": f"{OFFICE}drawing:1.0", "fo": f"{OFFICE}xsl-fo-compatible:1.0", "svg": f"{OFFICE}svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/"}.items())
ODT_STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>')

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX_NAMES = (f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture" '
              f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" '
              'xmlns:o="urn:schemas-microsoft-com:office:office" '
              'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
              'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
              'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
              'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"')
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def picture(width: int = 40, height: int = 30, kind: str = "PNG", *, located: bool = False) -> bytes:
    """A picture. If `located`, its metadata gives a camera and a place."""
    data, exif = io.BytesIO(), Image.Exif()
    if located:
        exif[0x010F] = "Camera of a private person"
        exif.get_ifd(0x8825)[1] = "N"
    metadata = {"exif": exif, "comment": b"Camera at home"} if located else {}
    Image.new("RGB", (width, height), (0, 90, 120)).save(data, kind, **metadata)
    return data.getvalue()


def packed(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive. The mimetype is stored uncompressed, as OpenDocument requires."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return data.getvalue()


def odt(body: str, *, pictures: dict[str, bytes] | None = None, created: str = "", modified: str = "", title: str = "",
        header: str = "", manifest: str = "", doctype: str = "", styles: str = "", named: str = "",
        parts: dict[str, str | bytes] | None = None) -> bytes:
    """An .odt file. `body` is the XML inside office:text; `header` is the text at the top of each page; `styles` are
    the document's own and `named` those with names; `parts` are further files in it."""
    facts = "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in (
        ("dc:title", title), ("meta:creation-date", created), ("dc:date", modified)) if value)
    page = (f'<style:master-page style:name="Standard"><style:header><text:p>{escape(header)}</text:p></style:header>'
            "</style:master-page>") if header else ""
    entries = {"/": "application/vnd.oasis.opendocument.text", "content.xml": "text/xml", "styles.xml": "text/xml",
               "meta.xml": "text/xml", **{f"Pictures/{name}": "" for name in pictures or {}}}
    listed = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
                     for path, kind in entries.items())
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{HEAD}{doctype}<office:document-content {ODT_NAMES}><office:automatic-styles>{ODT_STYLES}"
                       f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
                       "</office:document-content>",
        "styles.xml": f"{HEAD}<office:document-styles {ODT_NAMES}><office:styles>{named}</office:styles>"
                      f"<office:master-styles>{page}</office:master-styles></office:document-styles>",
        "meta.xml": f"{HEAD}<office:document-meta {ODT_NAMES}><office:meta>{facts}</office:meta>"
                    "</office:document-meta>",
        "META-INF/manifest.xml": f"{HEAD}<manifest:manifest {ODT_NAMES}>{listed}{manifest}</manifest:manifest>",
        **{f"Pictures/{name}": content for name, content in (pictures or {}).items()}, **(parts or {}),
    })


def docx(body: str, *, pictures: dict[str, bytes] | None = None, links: dict[str, str] | None = None,
         comments: str = "", created: str = "", modified: str = "", title: str = "", header: str = "",
         footnotes: str = "", styles: str = "", numbering: str = "",
         related: dict[str, tuple[str, str | bytes]] | None = None) -> bytes:
    """A .docx file. `body` is the XML inside w:body; `links` holds the addresses of its relations by id; `styles` and
    `numbering` are the XML in these parts; `related` holds the kind and content of further parts, whose ids are
    their names."""
    relations = [("styles", "styles.xml", "rIdS", "")]
    relations += [("hyperlink", address, id, ' TargetMode="External"') for id, address in (links or {}).items()]
    relations += [("image", f"media/{name}", f"rId{name.split('.')[0]}", "") for name in pictures or {}]
    relations += [(kind, f"{kind}{number}.xml", f"rId{kind}", "") for kind, number, content in (
        ("comments", "", comments), ("header", "1", header), ("footnotes", "", footnotes),
        ("numbering", "", numbering)) if content]
    relations += [(kind, name, f"rId{name.split('.')[0]}", "") for name, (kind, _) in (related or {}).items()]
    facts = "".join(f"<{tag}>{escape(value)}</{tag.split()[0]}>" for tag, value in (
        ("dc:title", title), ('dcterms:created xsi:type="dcterms:W3CDTF"', created),
        ('dcterms:modified xsi:type="dcterms:W3CDTF"', modified)) if value)
    styles += "".join(f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{level}'
                     "</w:style>" for name, level in (("Title", ""), ("Subtitle", ""), *(
                         (f"heading {number}", f'<w:pPr><w:outlineLvl w:val="{number - 1}"/></w:pPr>')
                         for number in (1, 2, 3))))
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
                               'ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
                               'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                               f'ContentType="{kinds}document.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                       f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{HEAD}<w:document {DOCX_NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"{HEAD}<w:styles {DOCX_NAMES}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
            f'<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{escape(target)}"{mode}/>'
            for kind, target, id, mode in relations) + "</Relationships>",
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
                             'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
                             f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{facts}</cp:coreProperties>',
        **{f"word/media/{name}": content for name, content in (pictures or {}).items()},
        **{f"word/{name}": content for name, (_, content) in (related or {}).items()},
    }
    if comments:
        files["word/comments.xml"] = f"{HEAD}<w:comments {DOCX_NAMES}>{comments}</w:comments>"
    if numbering:
        files["word/numbering.xml"] = f"{HEAD}<w:numbering {DOCX_NAMES}>{numbering}</w:numbering>"
    if header:
        files["word/header1.xml"] = f"{HEAD}<w:hdr {DOCX_NAMES}>{paragraph(header)}</w:hdr>"
    if footnotes:
        files["word/footnotes.xml"] = f"{HEAD}<w:footnotes {DOCX_NAMES}>{footnotes}</w:footnotes>"
    return packed(files)


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """A .docx paragraph."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, bold=bold)}</w:p>"


def run(text: str, *, bold: bool = False, tag: str = "t") -> str:
    """A run of a .docx paragraph; with the tag `delText`, a deleted one."""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{weight}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def drawing(name: str, alt: str = "", *, crop: str = "", form: str = "") -> str:
    """A .docx run with the picture `name` in word/media/. `crop` are attributes of a:srcRect, and `form` is the XML in
    pic:spPr."""
    id = name.split(".")[0]
    return (f'<w:r><w:drawing><wp:inline><wp:extent cx="400000" cy="300000"/><wp:docPr id="1" name="Picture 1" '
            f'descr="{escape(alt)}"/><a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="1" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{id}"/>'
            f"<a:srcRect {crop}/></pic:blipFill><pic:spPr>{form}</pic:spPr></pic:pic></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing></w:r>")


def frame(name: str, title: str = "", description: str = "", attributes: str = "") -> str:
    """An .odt frame with the picture `name` in Pictures/."""
    texts = "".join(f"<svg:{tag}>{escape(text)}</svg:{tag}>" for tag, text in (
        ("title", title), ("desc", description)) if text)
    return (f'<draw:frame {attributes} svg:width="4cm" svg:height="3cm"><draw:image xlink:href="Pictures/{name}" '
            f'xlink:type="simple" xlink:show="embed"/>{texts}</draw:frame>')


def change(id: str, kind: str, deleted: str = "") -> str:
    """A tracked change of an .odt file. Its kind is insertion or deletion."""
    gone = f"<text:p>{escape(deleted)}</text:p>" if deleted else ""
    return (f'<text:changed-region text:id="{id}"><text:{kind}><office:change-info><dc:creator>A Writer</dc:creator>'
            f"<dc:date>2023-12-19T10:00:00</dc:date></office:change-info>{gone}</text:{kind}></text:changed-region>")
