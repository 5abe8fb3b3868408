"""Write the profiles anew."""

from policy.profiles import written

for path, text in written().items():
    path.write_text(text, encoding="utf-8")
