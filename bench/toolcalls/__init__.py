"""How well the parser reads the calls of small models: a corpus made from the formats alone, and its score.

``encoders`` print calls as the model families do, ``mutators`` damage them with the outcome fixed before the
damage, ``negatives`` hold no call at all. Encoders and mutators know nothing of the parser: what they make is
a check on it from outside.
"""
