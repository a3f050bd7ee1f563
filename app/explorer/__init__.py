"""The explorer: a Streamlit application over one store, in Arabic, English and French."""
