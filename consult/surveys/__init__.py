"""Questionnaire versions, question types, XLSForm in and out."""
