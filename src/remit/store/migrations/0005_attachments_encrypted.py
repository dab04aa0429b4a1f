"""Attachments are encrypted from here on: the tables stay, the workspace's format rises."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("remit_store", "0004_record_seen"),
    ]

    operations = []
