"""What must hold of every resource: a CrossGuard policy pack that stands alone."""
