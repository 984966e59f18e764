"""Offline evaluation on a real watch log (the columns of KuaiRand-Pure)."""

from recsys.evaluation.run import evaluate

__all__ = ["evaluate"]
