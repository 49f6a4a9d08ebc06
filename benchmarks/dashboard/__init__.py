"""The dashboard as a visitor meets it: reruns over the raw socket, clicks and cold visits in Chromium, figure building."""
