"""The dashboard under load: many readers, an editor and bulk reading at once, and memory after many sessions."""
