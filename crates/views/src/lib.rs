//! Read models as folds over what was recorded.
