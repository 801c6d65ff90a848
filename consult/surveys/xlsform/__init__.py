"""XLSForm, the spreadsheet form of a questionnaire: reading with every fault named, and writing."""
