"""placeholder"""
from services.cleaning.features import Hints
def page_hints(tree):
    t=tree.css_first('h1'); 
    m=tree.css_first('meta[property="og:title"]')
    title=(m.attributes.get('content') if m else None) or (t.text() if t else '') or ''
    d=tree.css_first('meta[name="description"]') or tree.css_first('meta[property="og:description"]')
    import json,re
    body=''
    for s in tree.css('script[type="application/ld+json"]'):
        x=s.text(); mm=re.search(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.)*)"',x)
        if mm:
            try: body=json.loads('"'+mm.group(1)+'"',strict=False)
            except Exception: pass
    return Hints(' '.join(title.split()), (d.attributes.get('content') or '') if d else '', body)
