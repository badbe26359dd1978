"""Lower bounds by Lagrangian relaxation: what no plan can go below."""
