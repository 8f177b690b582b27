"""What tests read of a Word file beside its text."""

from docx.text.paragraph import Paragraph


def style_of(paragraph: Paragraph) -> str:
    """The name of the paragraph's style, such as "Heading 1"; "" when it has none."""
    return (paragraph.style.name or "") if paragraph.style else ""
