"""The keys of a PDF's dictionaries that say what its pages show. Source: ISO 32000-1, the tables of each kind."""

from __future__ import annotations


def _keys(text: str) -> frozenset[str]:
    return frozenset(f"/{name}" for name in text.split())


CATALOG = _keys("Type Pages Lang MarkInfo StructTreeRoot Outlines")
PAGE = _keys("Type Parent MediaBox CropBox Rotate UserUnit Resources Contents StructParents Tabs Group Annots")
RESOURCES = _keys("ExtGState ColorSpace Pattern Shading XObject Font ProcSet Properties")

STREAM = _keys("Length Filter DecodeParms")
FORM = STREAM | _keys("Type Subtype FormType BBox Matrix Resources Group StructParent StructParents")
IMAGE = STREAM | _keys("Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate "
                       "SMask SMaskInData Matte StructParent")
OTHER_STREAMS = STREAM | _keys(
    "Type Subtype Length1 Length2 Length3 CMapName CIDSystemInfo WMode UseCMap N Alternate Range FunctionType Domain "
    "Size BitsPerSample Order Encode Decode PatternType PaintType TilingType BBox XStep YStep Resources Matrix "
    "ShadingType ColorSpace Background AntiAlias BitsPerCoordinate BitsPerComponent BitsPerFlag Function "
    "VerticesPerRow")
"""Fonts, colour profiles, functions, patterns and shadings."""

BY_TYPE = {
    "/Page": PAGE,
    "/Font": _keys("Type Subtype BaseFont Name FirstChar LastChar Widths FontDescriptor Encoding ToUnicode "
                   "DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources"),
    "/FontDescriptor": _keys("Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent "
                             "Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile "
                             "FontFile2 FontFile3 CharSet Style Lang FD CIDSet"),
}

STRUCTURE = _keys("Type S P K Pg A C ID Lang Alt E ActualText ParentTree ParentTreeNextKey RoleMap ClassMap IDTree R "
                  "MCID Stm NS Namespaces Nums Kids Limits Names")
MARKS = _keys("MCID ActualText Alt E Lang BBox Attached Intent Type Subtype")
"""Marked content: what a screen reader says instead of what is drawn."""

SPOKEN = ("/Alt", "/ActualText", "/E")

NEVER = _keys("Metadata PieceInfo LastModified AF AA OpenAction JS JavaScript EF EmbeddedFiles OPI Alternates Thumb "
              "Ref Info OC Measure PtData Annots AcroForm")
"""What is never drawn, in whichever dictionary, or leads out of the file."""
