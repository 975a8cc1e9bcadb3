"""SVG pictures are written again by a list of elements and attributes that draw, and of nothing else.

A picture that is opened by itself runs its scripts and loads what it refers to (SVG 2, section 2.2.2). So a copy holds
only names of this module's lists, refers only to its own parts, and its styles only to its own parts.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from ..problem import quoted
from .cleaned import PROGRAM, Cleaned, HiddenText, UncleanableError
from .pictures import clean_picture

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MAX_SVG_BYTES = 1_000_000
MAX_DEPTH = 200
MAX_REPORTED, MAX_FAULTS = 5, 100
"""How many faults of a drawing are reported, and noted: one may occur often."""

SAVE_AS_PNG = "take it out in the program that drew it, or save the picture as .png"

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"

def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _names(
    "svg g defs symbol use switch title desc style path rect circle ellipse line polyline polygon text tspan textPath "
    "image linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence")
WITH_WORDS = frozenset(("text", "tspan", "textPath", "title", "desc"))

UNSEEN = frozenset(("metadata", "script", "font", "font-face", "glyph", "missing-glyph", "hkern", "vkern", "view",
                    "handler", "listener", "cursor"))
"""Elements that draw nothing, or that browsers leave out: the copy looks the same without them."""

PROPERTIES = _names(
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters "
    "color-rendering direction display dominant-baseline enable-background fill fill-opacity fill-rule filter "
    "flood-color flood-opacity font font-family font-feature-settings font-kerning font-size font-size-adjust "
    "font-stretch font-style font-variant font-variant-caps font-variant-east-asian font-variant-ligatures "
    "font-variant-numeric font-weight image-rendering isolation letter-spacing lighting-color line-height marker "
    "marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order shape-rendering "
    "stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration text-decoration-line "
    "text-indent text-overflow text-rendering text-transform transform transform-box transform-origin unicode-bidi "
    "vector-effect vertical-align visibility white-space word-spacing writing-mode d x y cx cy r rx ry width "
    "height")
"""Properties of styles that draw; most of them may be attributes too (SVG 2, section 6.6)."""

ATTRIBUTES = PROPERTIES | _names(
    "id class lang role aria-label aria-labelledby aria-describedby aria-hidden aria-roledescription version viewBox "
    "preserveAspectRatio x1 y1 x2 y2 fx fy fr dx dy rotate points pathLength textLength lengthAdjust startOffset "
    "method spacing side offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits "
    "patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient "
    "filterUnits primitiveUnits in in2 result type values mode operator k1 k2 k3 k4 order kernelMatrix divisor bias "
    "targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant "
    "specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale xChannelSelector "
    "yChannelSelector stdDeviation radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept "
    "amplitude exponent systemLanguage requiredExtensions media baseProfile")
WORDS = frozenset(("id", "class", "lang", "role", "aria-label", "aria-roledescription"))
"""Attributes that hold words, which may have brackets."""

FUNCTIONS = _names(
    "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp var matrix matrix3d translate "
    "translatex translatey rotate scale scalex scaley skew skewx skewy blur brightness contrast drop-shadow grayscale "
    "hue-rotate invert opacity saturate sepia")
FUNCTION = re.compile(r"(?<![\w-])([\w-]*)\s*\(")
OWN_PART = re.compile(r"url\(\s*(['\"]?)(#[^\s'\"()<>\\]+)\1\s*\)", re.I)
REFERENCE = re.compile(r"\s*(#[^\s'\"()<>\\]+)\s*\Z")
PICTURE = re.compile(r"\s*data:image/(png|jpeg|jpg|webp|gif);base64,", re.I)

SELECTOR = re.compile(r"[\w\s.#*:>+~,()\[\]=\"'^$|-]+\Z")


def clean_svg(content: bytes, suffix: str = ".svg") -> Cleaned:
    """Return a drawing of allowed elements and attributes.

    What draws nothing is left out: programs, comments, what the drawing program remembers. What would look different
    without a part that is not allowed is refused. Raises UncleanableError, with the line.
    """
    if len(content) > MAX_SVG_BYTES:
        raise UncleanableError("the drawing is larger than a megabyte", "save it as .png or .webp")
    return _Copy().of(content)


class _Copy:
    """Writes the copy while the parser reads. `open` holds what each open element is in the copy, None for one that is
    left out with all that is in it."""

    def __init__(self) -> None:
        # The encoding is fixed, so that the file is read as the search for personal data reads it.
        self.parser: XMLParserType = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler, self.parser.EntityDeclHandler = self._words, self._entity
        self.out = io.BytesIO()
        from xml.sax.saxutils import XMLGenerator  # here, since it loads all that is needed to open connections

        self.writer = XMLGenerator(self.out, "utf-8", short_empty_elements=True)
        self.open: list[str | None] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self.faults: list[tuple[int, str]] = []
        self.removed: set[str] = set()
        self.texts: list[HiddenText] = []

    def of(self, content: bytes) -> Cleaned:
        self.writer.startDocument()
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            raise UncleanableError("this is not an SVG picture in UTF-8", "save it again as SVG, or as .png",
                                   error.lineno) from error
        if self.faults:
            (line, message), *further = dict.fromkeys(self.faults)
            raise UncleanableError(message, SAVE_AS_PNG, line, further[:MAX_REPORTED - 1])
        self.writer.characters("\n")
        words = HiddenText("the words of the drawing", "".join(self.words))
        return Cleaned(self.out.getvalue(), tuple(sorted(self.removed)), (*self.texts, words))

    def _fault(self, message: str) -> None:
        """Note what keeps the drawing from being copied, and read on: there may be more."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append((self.parser.CurrentLineNumber, message))

    def _stop(self, message: str) -> None:
        raise UncleanableError(message, SAVE_AS_PNG, self.parser.CurrentLineNumber)

    def _start(self, full_name: str, flat: list[str]) -> None:
        space, _, name = full_name.rpartition(" ")
        if not self.open and (space, name) != (SVG, "svg"):
            self._stop(f"the drawing begins with {quoted(f'<{name}>')}; it must begin with "
                       f'<svg xmlns="{SVG}">')
        if len(self.open) >= MAX_DEPTH:
            self._stop(f"the drawing has groups within groups, more than {MAX_DEPTH} deep")
        if self.open and self.open[-1] is None:
            self.open.append(None)
            return
        kept = self._kept(space, name)
        attributes = self._attributes(kept, flat) if kept else {}
        self.open.append(kept)
        if kept == "style":
            self.styles = []
        elif kept:
            self.writer.startElement(kept, ({"xmlns": SVG} if len(self.open) == 1 else {}) | attributes)

    def _kept(self, space: str, name: str) -> str | None:
        """Return what an element is in the copy, None if it is left out."""
        if space != SVG or name in UNSEEN:
            if space == SVG and name in ("script", "handler", "listener"):
                self.removed.add(PROGRAM)
            return None
        if name == "a":
            return "g" if not set(self.open) & WITH_WORDS else "tspan"  # it looks the same, and leads nowhere
        if name == "foreignObject" and self.open[-1] == "switch":
            return None  # a browser then shows the part that is drawn
        if name not in ELEMENTS:
            self._fault(f"a drawing may not contain {quoted(f'<{name}>')}")
            return None
        return name

    def _attributes(self, element: str, flat: list[str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for full_name, value in zip(flat[::2], flat[1::2], strict=True):
            space, _, name = full_name.rpartition(" ")
            if name == "href" and space in ("", XLINK):
                self._href(element, value, kept)
            elif space == XML and name in ("space", "lang"):
                kept[f"xml:{name}"] = value
            elif not space and name == "style":
                kept[name] = self._declarations(value)
            elif not space and name in ATTRIBUTES:
                kept[name] = value if name in WORDS else self._value(name, value)
            elif name.lower().startswith("on"):
                self.removed.add(PROGRAM)
        return kept

    def _href(self, element: str, value: str, kept: dict[str, str]) -> None:
        """Keep what an element refers to: a part of the same drawing, or a picture that is written again too."""
        if element in ("g", "tspan"):
            return  # it was a link
        own = REFERENCE.match(value)
        embedded = PICTURE.match(value) if element == "image" else None
        if own and element != "image":
            kept["href"] = own[1]
        elif embedded:
            kind = embedded[1].lower()
            try:
                picture = clean_picture(base64.b64decode(value[embedded.end():]), f".{kind}")
            except (UncleanableError, binascii.Error):
                return self._fault("a picture in the drawing cannot be opened")
            self.removed |= set(picture.removed)
            self.texts += picture.texts
            kept["href"] = f"data:image/{kind.replace('jpg', 'jpeg')};base64," \
                + base64.b64encode(picture.content).decode("ascii")
        else:
            self._fault(f"{quoted(f'<{element}>')} refers to something outside the drawing")

    def _value(self, name: str, value: str) -> str:
        """Return a value of an attribute or a style whose functions only draw."""
        if "\\" in value:
            self._fault(f"{quoted(name)} has a backslash, which can hide what it refers to")
        for function in FUNCTION.findall(OWN_PART.sub("", value)):
            if function.lower() not in FUNCTIONS:
                self._fault(f"{quoted(name)} refers to something outside the drawing" if function.lower() == "url"
                            else f"{quoted(name)} may not contain {quoted(f'{function}()')}")
        return value

    def _declarations(self, text: str) -> str:
        """Return the declarations of a style whose properties draw."""
        kept = []
        for part in self._without_comments(text).split(";"):
            name, _, value = (piece.strip() for piece in part.partition(":"))
            value = self._value(name or "style", value)
            if name.lower() in PROPERTIES:
                kept.append(f"{name.lower()}:{value}")
        return ";".join(kept)

    def _style_sheet(self, text: str) -> str:
        """Return the rules of a style sheet. Other statements than rules are refused."""
        kept = []
        for rule in self._without_comments(text).replace("<!--", "").replace("-->", "").split("}"):
            selector, bracket, declarations = (piece.strip() for piece in rule.partition("{"))
            if bracket and SELECTOR.match(selector) and "{" not in declarations:
                kept.append(f"{selector} {{{self._declarations(declarations)}}}")
            elif rule.strip():
                self._fault(f"the styles may hold only rules for the drawing, and hold {quoted(rule.strip()[:30])}")
        return "\n".join(kept)

    def _without_comments(self, text: str) -> str:
        before, *parts = text.split("/*")
        for part in parts:
            _, end, after = part.partition("*/")
            if not end:
                self._fault("a comment in the styles has no end")
            before += after
        return before

    def _end(self, full_name: str) -> None:
        kept = self.open.pop()
        if kept == "style":
            self.writer.startElement("style", {})
            self.writer.characters(self._style_sheet("".join(self.styles)))
            self.writer.endElement("style")
        elif kept:
            self.writer.endElement(kept)
            self.words += ["\n"] if kept in ("text", "title", "desc") else []

    def _words(self, text: str) -> None:
        inside = self.open[-1]
        if inside == "style":
            self.styles.append(text)
        elif inside in WITH_WORDS:
            self.writer.characters(text)
            self.words.append(text)
        elif inside:  # not shown; but line breaks make the file readable
            self.writer.characters("\n" if "\n" in text else "")

    def _entity(self, *_: object) -> None:
        self._stop("the drawing defines entities, which can expand without limit")
