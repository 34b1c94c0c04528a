cap() { $T capture-pane -t ${S:-a} -p | sed 's/[ ]*$//' | grep -v '^│ *│$' | grep -v '^$'; }
