"""The pages, one module each; `render()` draws a page."""
