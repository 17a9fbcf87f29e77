"""After the decision: consultation, complaints, revocation, register, figures."""
