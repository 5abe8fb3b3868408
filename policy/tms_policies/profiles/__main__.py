"""Write the profiles anew."""

from tms_policies.profiles import written

for path, text in written().items():
    path.write_text(text, encoding="utf-8")
