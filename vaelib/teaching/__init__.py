"""What a lesson needs beside the models: checked equations, figures, exercises, explorers."""
