"""A PDF is written again from what its pages show, with the structure that screen readers need.

Not in the copy: properties and metadata, scripts and other actions, attached files, notes, forms with their values,
earlier versions, what no page uses. Notes and fields that a page shows are drawn onto it. Links to web pages stay.

Sources: ISO 32000-1, 7.7 (document structure), 12.5 (annotations), 14.3 (metadata), 14.7 and 14.9 (structure for
accessibility).
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import pdf_keys
from .cleaned import PROGRAM, Cleaned, HiddenText, UncleanableError
from .jpeg import jpeg_2000_without_metadata, jpeg_without_metadata

if TYPE_CHECKING:
    import pikepdf

EXPORT_AGAIN = "export it as PDF from the program that it was written in, without a password"
MAX_PAGES = 500
MAX_STREAM_BYTES, MAX_UNPACKED_BYTES = 60_000_000, 300_000_000
MAX_OBJECTS = 500_000
MAX_DEPTH = 100

SPOKEN = "what a screen reader says"
PLACES = frozenset(("/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"))
WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+\Z", re.I)


def clean_pdf(content: bytes, suffix: str = ".pdf") -> Cleaned:
    """Return a PDF of what the pages show. Raises UncleanableError if it is locked, broken, or only pictures of text.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            copy = _Copy(pdf)
            copy.clean()
            data = io.BytesIO()
            pdf.save(data, deterministic_id=True, recompress_flate=True, compress_streams=True,
                     object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False,
                     stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PasswordError as error:
        raise UncleanableError("this PDF has a password", EXPORT_AGAIN) from error
    except UncleanableError:
        raise
    except Exception as error:  # a broken file raises one of a dozen kinds of errors
        raise UncleanableError("this PDF is broken", EXPORT_AGAIN) from error
    pages = list(_pages(data.getvalue()))
    if not any(page.text.strip() for page in pages):
        raise UncleanableError("this PDF has only pictures of text, which can be neither searched nor read aloud",
                               EXPORT_AGAIN)
    return Cleaned(data.getvalue(), tuple(sorted(copy.removed)), (*pages, *copy.texts))


def _pages(content: bytes) -> Iterator[HiddenText]:
    """Yield the text of each page of a clean copy. Raises UncleanableError if it cannot be read."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        for number, page in enumerate(PdfReader(io.BytesIO(content)).pages, 1):
            yield HiddenText(f"page {number}", page.extract_text())
    except Exception as error:  # pypdf raises many kinds of errors for a broken file
        raise UncleanableError("the text of this PDF cannot be read, so it cannot be searched", EXPORT_AGAIN) from error


class _Copy:
    """Takes out of an open PDF what its pages do not show. `removed` and `texts` are those of Cleaned."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.removed: set[str] = set()
        self.texts: list[HiddenText] = []

    def clean(self) -> None:
        """Change the PDF. Raises UncleanableError, and what pikepdf raises for broken files."""
        import pikepdf

        if len(self.pdf.pages) > MAX_PAGES or len(self.pdf.objects) > MAX_OBJECTS:
            raise UncleanableError(f"this PDF has more than {MAX_PAGES} pages, or too many parts",
                                   "split it into parts")
        self._bound()
        self._no_hidden_layers()
        self._properties()
        bookmarks = self._bookmarks()
        links = [self._notes(page, number) for number, page in enumerate(self.pdf.pages, 1)]
        self.pdf.generate_appearance_streams()
        self.pdf.flatten_annotations("screen")
        for page, kept in zip(self.pdf.pages, links, strict=True):
            self._page(page)
            if kept:
                page.obj.Annots = self.pdf.make_indirect(pikepdf.Array(kept))
        self._catalog()
        maps = {map.objgen for thing in self.pdf.objects for map in _maps(thing) if map.is_indirect}
        for thing in list(self.pdf.objects):
            self._object(thing, maps)
        self.pdf.remove_unreferenced_resources()
        if bookmarks:
            with self.pdf.open_outline() as outline:
                outline.root.extend(bookmarks)

    def _bound(self) -> None:
        """Refuse streams that unpack to far more than documents hold, before anything unpacks them whole."""
        import pikepdf

        total = 0
        for thing in self.pdf.objects:
            if isinstance(thing, pikepdf.Stream) and _filters(thing)[:1] == ["/FlateDecode"]:
                try:
                    size = len(zlib.decompressobj().decompress(thing.read_raw_bytes(), MAX_STREAM_BYTES))
                except zlib.error:
                    continue  # read as far as it can be, and within the limits of the programs that read it
                total += size
                if size >= MAX_STREAM_BYTES or total > MAX_UNPACKED_BYTES:
                    raise UncleanableError("this PDF is far too large when unpacked", EXPORT_AGAIN)

    def _no_hidden_layers(self) -> None:
        layers = self.pdf.Root.get("/OCProperties")
        if layers is None:
            return
        usual = layers.get("/D", {})
        if len(usual.get("/OFF", ())) or str(usual.get("/BaseState", "/ON")) != "/ON":
            raise UncleanableError("this PDF has layers that readers do not see",
                                   "delete the hidden layers, and export it as PDF again")

    def _properties(self) -> None:
        """Note what the properties say, and remove them."""
        import pikepdf

        info = self.pdf.trailer.get("/Info")
        words = {str(key): str(value).strip() for key, value in info.items()} if info is not None else {}
        if words.get("/Author"):
            self.removed.add("the author's name")
        self._hidden("the properties", "\n\n".join(filter(None, (
            value for key, value in words.items() if key not in ("/CreationDate", "/ModDate")))))
        root = self.pdf.Root
        names = root.get("/Names", {})
        if "/EmbeddedFiles" in names or "/AF" in root:
            self.removed.add("an attached file")
        opening = root.get("/OpenAction")
        if "/JavaScript" in names or "/AA" in root or (isinstance(opening, pikepdf.Dictionary)
                                                       and opening.get("/S") != "/GoTo"):
            self.removed.add(PROGRAM)
        del self.pdf.docinfo

    def _hidden(self, where: str, text: str) -> None:
        if text.strip():
            self.texts.append(HiddenText(where, text))

    def _bookmarks(self) -> list[Any]:
        """Return the bookmarks that lead to pages, made again from their titles and pages."""
        import pikepdf

        titles: list[str] = []

        def copies(items: Any) -> list[Any]:
            kept = []
            for item in items:
                titles.append(str(item.title))
                place = self._place(item.destination or (item.action.get("/D") if item.action else None))
                if place is not None:
                    copy = pikepdf.OutlineItem(str(item.title), place)
                    copy.children.extend(copies(item.children))
                    kept.append(copy)
                else:
                    kept += copies(item.children)
            return kept

        if "/Outlines" not in self.pdf.Root:
            return []
        with self.pdf.open_outline(max_depth=15) as outline:
            found = copies(outline.root)
        self._hidden("the bookmarks", "\n".join(titles))
        return found

    def _place(self, destination: Any) -> Any:
        """Return a place on a page, made again from its numbers; None if it leads anywhere else."""
        import pikepdf

        if isinstance(destination, pikepdf.Name):
            destination = self.pdf.Root.get("/Dests", {}).get(str(destination))
        elif isinstance(destination, pikepdf.String):
            names = self.pdf.Root.get("/Names", {}).get("/Dests")
            destination = None if names is None else pikepdf.NameTree(names).get(str(destination))
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, pikepdf.Array) or len(destination) < 2:
            return None
        page, kind, *numbers = destination
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self.pages or str(kind) not in PLACES:
            return None
        return pikepdf.Array([page, kind, *(float(number) if isinstance(number, (int, float, Decimal)) else None
                                            for number in numbers[:4])])

    def _notes(self, page: pikepdf.Page, number: int) -> list[Any]:
        """Note what a page's notes and fields say, and return its links to web pages, made again."""
        import pikepdf

        links, words = [], []
        for note in page.obj.get("/Annots", ()):
            kind = str(note.get("/Subtype", ""))
            action = note.get("/A") if isinstance(note.get("/A"), pikepdf.Dictionary) else pikepdf.Dictionary()
            address, place = str(action.get("/URI", "")), self._place(note.get("/Dest", action.get("/D")))
            if kind == "/Link" and (WEB_ADDRESS.match(address) or place is not None):
                links.append(self._link(note, address, place))
                words.append(address)
                continue
            if kind == "/FileAttachment":
                self.removed.add("an attached file")
            elif kind not in ("/Link", "/Popup", "/Widget"):
                self.removed.add("notes")
            field = note
            for _ in range(10):  # the parts of a field may be in those above it
                words += [str(field[key]) for key in ("/Contents", "/RC", "/T", "/TU", "/V", "/DV", "/Subj", "/NM")
                          if isinstance(field.get(key), pikepdf.String)]
                field = field.get("/Parent")
                if not isinstance(field, pikepdf.Dictionary):
                    break
            words.append(address)
        self._hidden(f"a note or field on page {number}", "\n\n".join(filter(None, words)))
        return links

    def _link(self, note: Any, address: str, place: Any) -> Any:
        """Return a link to a web page, or to a place in the document."""
        import pikepdf

        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Border=pikepdf.Array([0, 0, 0]),
                                  Rect=pikepdf.Array([float(side) for side in note.Rect]))
        if place is None:
            link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
        else:
            link.Dest = place
        return self.pdf.make_indirect(link)

    def _page(self, page: pikepdf.Page) -> None:
        """Leave a page what it shows, and write its drawing again without comments."""
        inherited = {key: value for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
                     if (value := _inherited(page.obj, key)) is not None}
        for key in set(page.obj.keys()) - pdf_keys.PAGE | {"/Annots"} & set(page.obj.keys()):
            del page.obj[key]
        for key, value in inherited.items():
            page.obj[key] = value
        if "/Contents" in page.obj:
            page.obj.Contents = self.pdf.make_stream(self._drawing(page))

    def _drawing(self, page: Any) -> bytes:
        """Return the operators of a page or a form, and note what is spoken instead of them."""
        import pikepdf

        kept, spoken = [], []
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) in ("BDC", "DP"):
                operands = list(instruction.operands)
                marks = operands[-1] if operands else None
                if isinstance(marks, pikepdf.Dictionary):
                    spoken += [str(marks[key]) for key in pdf_keys.SPOKEN if key in marks]
                    operands[-1] = pikepdf.Dictionary(
                        {key: value for key, value in marks.items() if key in pdf_keys.MARKS})
                    instruction = pikepdf.ContentStreamInstruction(operands, instruction.operator)
            kept.append(instruction)
        self._hidden(SPOKEN, "\n".join(spoken))
        return pikepdf.unparse_content_stream(kept)

    def _catalog(self) -> None:
        """Leave the catalog the pages, the language and the structure."""
        root = self.pdf.Root
        for key in set(root.keys()) - pdf_keys.CATALOG | {"/Outlines"}:
            if key in root:
                del root[key]
        if "/StructTreeRoot" in root:
            self._structure()

    def _structure(self) -> None:
        """Take out of the structure what leads to notes and fields, which are gone, and note what is spoken."""
        import pikepdf

        spoken: list[str] = []
        seen: set[Any] = set()
        waiting: list[Any] = [self.pdf.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting += list(element)
                continue
            if not isinstance(element, pikepdf.Dictionary) or (element.is_indirect and element.objgen in seen):
                continue
            seen.add(element.objgen if element.is_indirect else None)
            for key in set(element.keys()) - pdf_keys.STRUCTURE:
                if element.get("/Type") != "/Namespace":
                    del element[key]
            spoken += [str(element[key]) for key in pdf_keys.SPOKEN if isinstance(element.get(key), pikepdf.String)]
            children = element.get("/K")
            if isinstance(children, pikepdf.Array):
                kept = [child for child in children if not _leads_to_object(child)]
                element.K = pikepdf.Array(kept)
                waiting += kept
            elif children is not None and _leads_to_object(children):
                del element["/K"]
            elif children is not None:
                waiting.append(children)
            waiting += [element[key] for key in ("/ParentTree", "/IDTree", "/Kids") if key in element]
        self._hidden(SPOKEN, "\n".join(spoken))

    def _object(self, thing: Any, maps: set[Any]) -> None:
        """Leave one object of the file what is drawn. `maps` are the resources by name."""
        import pikepdf

        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            return
        if str(thing.get("/Type")) in ("/XRef", "/ObjStm"):
            return  # the old file's table of contents, whose keys are the trailer's
        if isinstance(thing, pikepdf.Stream):
            self._stream(thing)
        elif thing.objgen not in maps and str(thing.get("/Type")) in pdf_keys.BY_TYPE:
            for key in set(thing.keys()) - pdf_keys.BY_TYPE[str(thing.Type)]:
                del thing[key]
        _strip(thing, maps, self.texts)


    def _stream(self, stream: pikepdf.Stream) -> None:
        """Leave a stream the keys that its kind has, and its content without comments and metadata."""
        import pikepdf

        kind = str(stream.get("/Subtype", ""))
        allowed = {"/Form": pdf_keys.FORM, "/Image": pdf_keys.IMAGE}.get(kind, pdf_keys.OTHER_STREAMS)
        for key in set(stream.keys()) - allowed:
            del stream[key]
        filters = _filters(stream)
        if kind == "/Form" or stream.get("/PatternType") == 1:
            stream.write(self._drawing(stream))
        elif kind == "/Image" and filters == ["/DCTDecode"]:
            stream.write(jpeg_without_metadata(stream.read_raw_bytes()), filter=pikepdf.Name.DCTDecode,
                         decode_parms=stream.get("/DecodeParms"))
        elif kind == "/Image" and filters == ["/JPXDecode"]:
            stream.write(jpeg_2000_without_metadata(stream.read_raw_bytes()), filter=pikepdf.Name.JPXDecode)


def _strip(thing: Any, maps: set[Any], texts: list[HiddenText], depth: int = 0) -> None:
    """Remove from a dictionary, and those directly in it, keys that are never drawn.

    `maps` holds the resources by name: their keys are the document's own names and may be any word.
    """
    import pikepdf

    if depth > MAX_DEPTH:
        raise UncleanableError("this PDF is nested too deep", EXPORT_AGAIN)
    if isinstance(thing, pikepdf.Array):
        for value in thing:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                _strip(value, maps, texts, depth + 1)
        return
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    is_map = thing.is_indirect and thing.objgen in maps
    for key, value in list(thing.items()):
        if not is_map and (key in pdf_keys.NEVER or (key == "/F" and isinstance(thing, pikepdf.Stream))) \
                and not (key == "/Annots" and thing.get("/Type") == "/Page"):
            del thing[key]
        elif key == "/Resources" and isinstance(value, pikepdf.Dictionary):
            for other, map in list(value.items()):
                if other not in pdf_keys.RESOURCES:
                    del value[other]
                elif other == "/Properties" and isinstance(map, pikepdf.Dictionary):
                    value[other] = _marks(map, texts)
                elif isinstance(map, pikepdf.Dictionary):
                    for inner in map.values():
                        if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                            _strip(inner, maps, texts, depth + 1)
        elif isinstance(value, pikepdf.Object) and not value.is_indirect:
            _strip(value, maps, texts, depth + 1)


def _marks(marks: Any, texts: list[HiddenText]) -> Any:
    """Return the properties of marked content that is spoken, and note what is said."""
    import pikepdf

    found = pikepdf.Dictionary()
    for name, mark in marks.items():
        if isinstance(mark, pikepdf.Dictionary):
            texts += [HiddenText(SPOKEN, str(mark[key])) for key in pdf_keys.SPOKEN
                      if isinstance(mark.get(key), pikepdf.String)]
            found[name] = pikepdf.Dictionary({key: value for key, value in mark.items()
                                              if key in pdf_keys.MARKS and key not in ("/Type", "/Subtype")})
    return found


def _maps(thing: Any) -> Iterator[Any]:
    """Yield the resources by name of an object that has resources."""
    import pikepdf

    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) and isinstance(thing.get("/Resources"),
                                                                             pikepdf.Dictionary):
        yield thing.Resources
        yield from (map for map in thing.Resources.values() if isinstance(map, pikepdf.Dictionary))


def _inherited(page: Any, key: str) -> Any:
    for _ in range(50):
        if key in page:
            return page[key]
        page = page.get("/Parent")
        if page is None:
            break
    return None


def _filters(stream: Any) -> list[str]:
    import pikepdf

    found = stream.get("/Filter")
    return [] if found is None else [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _leads_to_object(child: Any) -> bool:
    import pikepdf

    return isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/OBJR"
