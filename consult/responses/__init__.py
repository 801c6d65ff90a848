"""The participant's side: a form, one transaction, a receipt."""
