"""What is looked at before a case study is published, and the publishing."""
