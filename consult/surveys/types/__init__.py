"""One pure class per question type."""
