"""What a parent sees of the web door: the chat page, the widget that shows it inside a service's site, and a demo."""

VERSION = "0.1.0"  # of the widget; it stands in its address, so a file at one address never changes
