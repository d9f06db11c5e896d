"""What any Thai text needs: digits, word breaking, shaping."""
