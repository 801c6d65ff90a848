"""An operator's own sentence encoder, from a local folder, beside the shipped table.

`folder` reads what stands in the folder, `models` runs the model, `blend` joins its vectors with
the table's, `weighing` measures by language how far it helps. docs/encoders.md is the manual.
"""
