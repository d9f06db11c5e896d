"""The Qt window and nothing but Qt."""
