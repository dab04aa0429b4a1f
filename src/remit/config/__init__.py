"""The composition root: settings built once, and every port given its implementation."""
