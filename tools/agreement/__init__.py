"""The differential bench: our verdicts against those of the real engines, measured."""
